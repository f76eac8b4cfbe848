//! Writes `tests/vectors/*.json`. The same source always gives the same files.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut total = 0;
    for (name, text, cases) in countersign_tests::vectors::files() {
        std::fs::write(folder.join(&name), text)?;
        println!("{cases:4} cases in {name}");
        total += cases;
    }
    println!("{total:4} cases");
    Ok(())
}
