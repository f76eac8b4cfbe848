//! The target `jwks`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(jwks);
