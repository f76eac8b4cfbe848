//! Words that mean something to a target: changing bytes at random would hardly ever write them.

use std::path::Path;
use std::{fs, io};

/// The words of a target's dictionary, which is written as libFuzzer reads it: a quoted word a line.
pub(crate) fn words(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries").join(target);
    let text = fs::read_to_string(path.with_extension("dict"))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(word).collect())
}

fn word(line: &str) -> Vec<u8> {
    let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect(line);
    let mut word = Vec::new();
    let mut bytes = inner.bytes();
    while let Some(byte) = bytes.next() {
        word.push(match (byte, &mut bytes) {
            (b'\\', rest) => match rest.next().expect(line) {
                b'x' => {
                    let digits = [rest.next().expect(line), rest.next().expect(line)];
                    let digits = std::str::from_utf8(&digits).expect(line);
                    u8::from_str_radix(digits, 16).expect(line)
                }
                plain => plain,
            },
            _ => byte,
        });
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{word, words};
    use crate::ALL;

    #[test]
    fn words_are_unescaped() {
        assert_eq!(word(r#""a\\b\"\x0a\xff""#), b"a\\b\"\n\xff");
    }

    #[test]
    fn each_target_has_words() {
        for target in ALL {
            let words = words(target.name).unwrap();
            assert!(words.len() >= 5, "{}", target.name);
            assert!(words.iter().all(|word| (1..=128).contains(&word.len())), "{}", target.name);
        }
    }
}
