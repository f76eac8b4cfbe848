use countersign::is_deceptive;

/// More characters of one value than this are not shown.
const MOST: usize = 300;

/// A text on one line, for comments and sentences: what would deceive a reader or end the line is an
/// escape, and what is very long is cut.
pub(crate) fn readable(text: &str) -> String {
    let mut out = String::new();
    for (number, character) in text.chars().enumerate() {
        if number == MOST {
            out.push('…');
            break;
        }
        if is_deceptive(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}
