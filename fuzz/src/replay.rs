//! Every committed input, and changes to them, without libFuzzer.

use crate::corpus;
use crate::dictionary;
use crate::mutation::{Draws, changed};
use crate::targets::ALL;

/// Says which input it was, should a target panic.
struct Told<'i>(&'i str, &'i [u8]);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: \"{}\"", self.0, self.1.escape_ascii());
        }
    }
}

fn replay(name: &str) {
    let target = ALL.iter().find(|target| target.name == name).unwrap();
    let inputs = corpus::inputs(name).unwrap();
    let words = dictionary::words(name).unwrap();
    assert!(inputs.len() >= 3, "a corpus of {} inputs", inputs.len());
    for (file, input) in &inputs {
        let _told = Told(file, input);
        (target.run)(input);
    }
    let mut draws = Draws::new(1);
    for count in 0..target.changes {
        let (file, input) = draws.of(&inputs);
        let input = changed(input, &inputs, &words, &mut draws);
        let told = format!("change {count}, of {file}");
        let _told = Told(&told, &input);
        (target.run)(&input);
    }
    println!("{name}: {} inputs and {} changes of them", inputs.len(), target.changes);
}

macro_rules! replays {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })+

        #[test]
        fn each_target_is_replayed() {
            let names: Vec<&str> = ALL.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),+]);
        }
    };
}

replays! {
    arn_pattern differential discovery freshness inspect issuer_query json jwks policy signature sigv4 snapshot token
}

#[test]
fn the_corpora_are_small() {
    let inputs = ALL.iter().flat_map(|target| corpus::inputs(target.name).unwrap());
    let bytes: usize = inputs.map(|(_, input)| input.len()).sum();
    assert!(bytes < 300_000, "{bytes} bytes");
}
