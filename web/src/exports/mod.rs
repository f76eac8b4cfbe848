//! A policy and its token as configuration for other programs and services.
