//! A text in pieces: what each is, and which are marked.

use std::ops::Range;

use super::super::super::token_text::lexer::{Kind, lexemes};

/// No more of a text than this is coloured.
const MOST_COLOURED: usize = 20_000;

/// No more marks than this are drawn.
const MOST_MARKS: usize = 200;

/// A stretch of the text, drawn as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its place in the text, in bytes.
    pub(super) place: Range<usize>,
    /// What it is; `None` if it is drawn without colour.
    pub(super) kind: Option<Kind>,
    /// Whether something is wrong with it.
    pub(super) marked: bool,
}

/// Cuts a text at its tokens, at both ends of each mark, and at `cut`. Together the pieces are the whole
/// text. Marks are ranges of bytes; what is out of the text, or within a character, is left out.
pub(super) fn pieces(text: &str, marks: &[Range<usize>], cut: Option<usize>) -> Vec<Piece> {
    let sound = |at: usize| text.is_char_boundary(at);
    let marks: Vec<&Range<usize>> = marks
        .iter()
        .take(MOST_MARKS)
        .filter(|mark| mark.start < mark.end && sound(mark.start) && sound(mark.end))
        .collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.extend(cut.filter(|at| sound(*at)));
    cuts.sort_unstable();
    cuts.dedup();

    let stretches = if text.len() <= MOST_COLOURED {
        lexemes(text).into_iter().map(|lexeme| (lexeme.place, Some(lexeme.kind))).collect()
    } else {
        vec![(0..text.len(), None)]
    };
    let mut pieces: Vec<Piece> = Vec::with_capacity(stretches.len() + cuts.len());
    let mut cuts = cuts.into_iter().peekable();
    for (place, kind) in stretches {
        let mut start = place.start;
        while start < place.end {
            while cuts.next_if(|at| *at <= start).is_some() {}
            let end = cuts.peek().copied().filter(|at| *at < place.end).unwrap_or(place.end);
            let marked = marks.iter().any(|mark| mark.start <= start && end <= mark.end);
            pieces.push(Piece { place: start..end, kind, marked });
            start = end;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use proptest::prelude::*;

    use super::super::super::super::token_text::lexer::Kind;
    use super::pieces;

    #[test]
    fn a_mark_cuts_what_it_covers() {
        let text = r#"{"a":12}"#;
        let found: Vec<_> = pieces(text, from_ref(&(1..6)), Some(3))
            .into_iter()
            .map(|piece| (text.get(piece.place).unwrap(), piece.kind.unwrap(), piece.marked))
            .collect();
        assert_eq!(
            found,
            [
                ("{", Kind::Open, false),
                ("\"a", Kind::Name, true),
                ("\"", Kind::Name, true),
                (":", Kind::Colon, true),
                ("1", Kind::Scalar, true),
                ("2", Kind::Scalar, false),
                ("}", Kind::Close, false),
            ]
        );
    }

    #[test]
    fn marks_may_overlap_and_may_be_unsound() {
        let found = pieces("abcdef", &[0..4, 2..6, 3..3, 5..99], None);
        let marked: Vec<_> = found.into_iter().map(|piece| (piece.place, piece.marked)).collect();
        assert_eq!(marked, [(0..2, true), (2..4, true), (4..6, true)]);
        assert_eq!(pieces("日", from_ref(&(1..3)), Some(2)).len(), 1);
    }

    #[test]
    fn a_long_text_is_one_piece() {
        let text = r#"{"a":1}"#.repeat(10_000);
        assert_eq!(pieces(&text, &[], None).len(), 1);
        assert_eq!(pieces(&text, from_ref(&(7..9)), Some(8)).len(), 4);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_whole_text(
            text in r#"([\{\}\[\]:,"\\ \n]|[a-z0-9]|.){0,60}"#,
            marks in prop::collection::vec((0..70_usize, 0..70_usize).prop_map(|(a, b)| a..b), 0..4),
            cut in prop::option::of(0..70_usize),
        ) {
            let mut end = 0;
            for piece in pieces(&text, &marks, cut) {
                prop_assert_eq!(piece.place.start, end);
                prop_assert!(text.get(piece.place.clone()).is_some_and(|text| !text.is_empty()));
                if let Some(cut) = cut.filter(|cut| text.is_char_boundary(*cut)) {
                    prop_assert!(cut <= piece.place.start || piece.place.end <= cut);
                }
                end = piece.place.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
