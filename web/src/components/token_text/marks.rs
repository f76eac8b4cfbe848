//! Faults marked at their places in a text.

use std::ops::Range;

/// How bad what is marked is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// A verifier would refuse the token for it.
    Bad,
    /// It deserves attention.
    Open,
    /// It is only remarkable.
    Quiet,
}

/// A place in a text that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The finding's number in the list, from 1.
    pub(super) number: usize,
    pub(super) tone: Tone,
    /// The place in the text, in bytes; empty where something is missing.
    pub(super) place: Range<usize>,
}

/// A stretch of a text, and the mark on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch<'m> {
    pub(super) place: Range<usize>,
    pub(super) mark: Option<&'m Mark>,
}

/// Cuts a text at its marks. The stretches are the whole text, in order, with an empty one for each
/// empty mark; where marks overlap, the shortest is shown.
pub(super) fn stretches<'m>(text: &str, marks: &'m [Mark]) -> Vec<Stretch<'m>> {
    let within = |mark: &Mark| {
        let end = text.floor_char_boundary(mark.place.end);
        text.floor_char_boundary(mark.place.start).min(end)..end
    };
    let placed: Vec<_> = marks.iter().map(|mark| (within(mark), mark)).collect();
    let mut cuts: Vec<usize> = placed
        .iter()
        .flat_map(|(place, _)| [place.start, place.end])
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut found: Vec<Stretch<'m>> = Vec::new();
    for (index, start) in cuts.iter().copied().enumerate() {
        let empty = placed.iter().filter(|(place, _)| *place == (start..start));
        found.extend(empty.map(|(place, mark)| Stretch { place: place.clone(), mark: Some(mark) }));
        let Some(end) = cuts.get(index + 1).copied() else { break };
        let covering = placed.iter().filter(|(place, _)| place.start <= start && end <= place.end);
        let mark = covering.min_by_key(|(place, _)| place.len()).map(|(_, mark)| *mark);
        match found.last_mut().filter(|last| last.mark == mark && !last.place.is_empty()) {
            Some(last) => last.place.end = end,
            None => found.push(Stretch { place: start..end, mark }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::{Mark, Tone, stretches};

    fn mark(number: usize, place: Range<usize>) -> Mark {
        Mark { number, tone: Tone::Bad, place }
    }

    fn shown(text: &str, marks: &[Mark]) -> Vec<(String, usize)> {
        stretches(text, marks)
            .into_iter()
            .map(|one| (text[one.place].to_owned(), one.mark.map_or(0, |mark| mark.number)))
            .collect()
    }

    #[test]
    fn the_shortest_mark_is_shown() {
        let marks = [mark(1, 1..5), mark(2, 2..3), mark(3, 4..4), mark(4, 9..20)];
        let expected =
            [("a", 0), ("b", 1), ("c", 2), ("d", 1), ("", 3), ("e", 1), ("f", 0), ("", 4)];
        assert_eq!(shown("abcdef", &marks), expected.map(|(text, n)| (text.to_owned(), n)));
        assert_eq!(shown("abc", &[]), [("abc".to_owned(), 0)]);
    }

    proptest! {
        #[test]
        fn nothing_of_the_text_is_lost(
            text in ".{0,20}",
            places in prop::collection::vec((0_usize..30, 0_usize..30), 0..6),
        ) {
            let marks: Vec<_> = places
                .into_iter()
                .enumerate()
                .map(|(at, (start, end))| mark(at + 1, start.min(end)..end))
                .collect();
            let shown: String = shown(&text, &marks).into_iter().map(|(text, _)| text).collect();
            prop_assert_eq!(shown, text);
        }
    }
}
