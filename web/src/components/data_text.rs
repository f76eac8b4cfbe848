//! Text that a token's author chose, shown so that it cannot deceive.

use countersign::is_deceptive;
use yew::prelude::*;

/// No more characters than this are shown as escapes of their own; the rest are escaped in the text.
const MOST_ESCAPES: usize = 500;

/// A stretch of untrusted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Characters that are what they look like.
    Plain(&'t str),
    /// A character that would act on the text around it, or not be seen at all.
    Deceptive(char),
}

/// Untrusted text, on its own: set apart from the text around it, in direction too.
pub(super) fn data(text: &str) -> Html {
    html! { <span class="data" translate="no">{ data_within(text) }</span> }
}

/// Untrusted text within an element of class `data` or `code-block`; line breaks and tabs are escaped
/// as well.
pub(super) fn data_within(text: &str) -> Html {
    shown(text, is_deceptive)
}

/// Untrusted text within a `<pre>`, where line breaks and tabs may do what they do.
pub(super) fn data_lines(text: &str) -> Html {
    shown(text, |c| is_deceptive(c) && !matches!(c, '\n' | '\t'))
}

fn shown(text: &str, acts: fn(char) -> bool) -> Html {
    // Nearly all text is plain: one node is enough.
    if !text.contains(acts) {
        return Html::from(text.to_owned());
    }
    let mut nodes = Vec::new();
    let mut rest = String::new();
    for piece in pieces(text, acts) {
        match piece {
            _ if nodes.len() > 2 * MOST_ESCAPES => rest.push_str(&without_effect(piece)),
            Piece::Plain(text) => nodes.push(Html::from(text.to_owned())),
            Piece::Deceptive(c) => nodes.push(html! { <span class="escape">{ name(c) }</span> }),
        }
    }
    nodes.push(Html::from(rest));
    nodes.into_iter().collect()
}

/// The stretches of a text, in order.
fn pieces(text: &str, acts: fn(char) -> bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| acts(*c)) {
        let (plain, after) = rest.split_at(at);
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        pieces.push(Piece::Deceptive(c));
        rest = after.get(c.len_utf8()..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

fn without_effect(piece: Piece<'_>) -> String {
    match piece {
        Piece::Plain(text) => text.to_owned(),
        Piece::Deceptive(c) => format!("\u{27e8}{}\u{27e9}", name(c)),
    }
}

/// A character's name as Unicode writes it: `U+202E`.
fn name(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use countersign::is_deceptive;

    use super::{Piece, name, pieces, without_effect};

    #[test]
    fn characters_that_act_are_named() {
        let found = pieces("a\u{202e}b\n", is_deceptive);
        let expected = [
            Piece::Plain("a"),
            Piece::Deceptive('\u{202e}'),
            Piece::Plain("b"),
            Piece::Deceptive('\n'),
        ];
        assert_eq!(found, expected);
        assert_eq!(name('\u{202e}'), "U+202E");
        assert_eq!(name('\n'), "U+000A");
        assert_eq!(without_effect(Piece::Deceptive('\u{e0041}')), "\u{27e8}U+E0041\u{27e9}");
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in ["", "plain", "日本語 עברית é", "<b>&amp;</b>"] {
            let plain: Vec<_> =
                [Piece::Plain(text)].into_iter().filter(|_| !text.is_empty()).collect();
            assert_eq!(pieces(text, is_deceptive), plain);
        }
    }
}
