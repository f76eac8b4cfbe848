//! The target `token`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(token);
