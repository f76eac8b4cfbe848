//! What the program prints, recorded as transcripts in `tests/cmd`. `TRYCMD=overwrite` records anew.

use std::env;

use trycmd::TestCases;
use trycmd::schema::Bin;

#[test]
fn transcripts() {
    // The files that the transcripts name are all here.
    env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).unwrap();
    TestCases::new()
        .register_bin("countersign", Bin::Path(env!("CARGO_BIN_EXE_countersign").into()))
        .case(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/*.md"));
}
