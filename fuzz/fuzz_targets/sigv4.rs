//! The target `sigv4`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(sigv4);
