//! The target `arn_pattern`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(arn_pattern);
