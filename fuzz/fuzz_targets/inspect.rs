//! The target `inspect`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(inspect);
