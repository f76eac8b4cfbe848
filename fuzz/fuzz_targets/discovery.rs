//! The target `discovery`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(discovery);
