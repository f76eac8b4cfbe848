//! The target `freshness`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(freshness);
