//! The target `json`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(json);
