use std::ops::Range;

use yew::prelude::*;

use super::super::super::token_text::lexer::Kind;
use super::pieces::{Piece, pieces};

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The text of the area above it.
    pub(super) text: AttrValue,
    /// What is wrong with it, in bytes.
    pub(super) marks: Vec<Range<usize>>,
    /// Where suggestions belong, in bytes.
    pub(super) anchor: Option<usize>,
    /// The element that stands there.
    pub(super) anchor_ref: NodeRef,
}

/// The same text under the text area, letter for letter, in colour and with its faults marked. It gives the
/// area its height too, so that both always scroll together.
#[component]
pub(super) fn Mirror(props: &Props) -> Html {
    let text = &props.text;
    let mut nodes = Vec::new();
    let mut anchored = false;
    let anchor = || html! { <span ref={props.anchor_ref.clone()}></span> };
    for piece in pieces(text, &props.marks, props.anchor) {
        if props.anchor == Some(piece.place.start) {
            nodes.push(anchor());
            anchored = true;
        }
        nodes.push(drawn(text, &piece));
    }
    if props.anchor.is_some() && !anchored {
        nodes.push(anchor());
    }
    html! {
        // A line break at the very end has a line below it only if something follows.
        <pre class="editor__mirror" aria-hidden="true" translate="no">{ for nodes }{ "\u{200b}" }</pre>
    }
}

/// The id of the marked piece that begins at this byte.
pub(super) fn piece_id(start: usize) -> String {
    format!("policy-mark-{start}")
}

fn drawn(text: &str, piece: &Piece) -> Html {
    let words = text.get(piece.place.clone()).unwrap_or_default().to_owned();
    let class = match piece.kind {
        Some(Kind::Name) => "json__name",
        Some(Kind::String) => "json__string",
        Some(Kind::Scalar) => "json__scalar",
        _ => "",
    };
    if piece.marked {
        let id = piece_id(piece.place.start);
        html! { <mark {id} class={classes!("editor__mark", class)}>{ words }</mark> }
    } else if class.is_empty() {
        words.into()
    } else {
        html! { <span {class}>{ words }</span> }
    }
}
