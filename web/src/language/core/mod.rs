//! Texts of the core in both languages: codes, checks, claims, findings, evidence.
