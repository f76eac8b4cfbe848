//! The target `snapshot`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(snapshot);
