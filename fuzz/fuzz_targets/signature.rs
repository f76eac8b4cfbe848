//! The target `signature`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(signature);
