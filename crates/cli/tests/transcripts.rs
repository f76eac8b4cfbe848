//! What the program prints, recorded as transcripts in `tests/cmd`. `TRYCMD=overwrite` records anew.
//!
//! Those in `cmd` hold for the native program and for the npm package's, byte for byte. Each has one command that it
//! does otherwise: `page` (and with it `inspect --web`), since the inspector is only inside the native program.

mod program;

use std::env;

use trycmd::TestCases;
use trycmd::schema::Bin;

#[test]
fn transcripts() {
    // The files that the transcripts name are all here.
    env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).unwrap();
    let own = if program::of_npm().is_some() { "npm" } else { "native" };
    TestCases::new()
        .register_bin("countersign", Bin::Path(program::path()))
        .case(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/*.md"))
        .case(format!("{}/tests/cmd/{own}/*.md", env!("CARGO_MANIFEST_DIR")));
}
