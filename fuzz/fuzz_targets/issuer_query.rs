//! The target `issuer_query`.
#![cfg_attr(fuzzing, no_main)]

countersign_fuzz::target!(issuer_query);
