//! The target `policy`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(policy);
