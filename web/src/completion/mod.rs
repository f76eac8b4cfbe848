//! What may stand at a place of a policy text, from the policy's JSON Schema.
