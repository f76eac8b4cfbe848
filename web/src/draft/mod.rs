//! Starting a policy from a token.
