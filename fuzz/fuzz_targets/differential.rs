//! The target `differential`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(differential);
