use std::rc::Rc;

use countersign::MAX_TOKEN_BYTES;
use yew::prelude::*;

use super::super::data_text::{data_lines, data_within};
use super::encoded::marked;
use super::layout::{Laid, as_sent, indented};
use super::lexer::{Kind, lexemes};
use super::marks::{Mark, stretches};
use crate::language::{Language, Text};
use crate::state::Token;

const SHOW_ALL: Text = Text::new("Show all {bytes} bytes", "全 {bytes} バイトを表示");

/// No more of a text is shown at first: a verifier reads no longer token.
const MOST_SHOWN: usize = MAX_TOKEN_BYTES;

/// No more tokens of a text are coloured: each is an element of its own.
const MOST_COLOURED: usize = 2_000;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    pub(super) language: Language,
    /// Which part of the token it is.
    pub(super) name: &'static str,
    /// What the part is called on the page.
    pub(super) label: &'static str,
    pub(super) text: Rc<str>,
    pub(super) marks: Rc<[Mark]>,
    /// The token, whose findings the marks are about.
    pub(super) token: Rc<Token>,
    /// Whether white space is put between the tokens of the text.
    pub(super) indented: bool,
}

/// A decoded part: JSON, sound or not.
#[component]
pub(super) fn JsonText(props: &Props) -> Html {
    let language = props.language;
    let everything = use_state(|| false);
    {
        // Another text is shown in part again.
        let everything = everything.clone();
        use_effect_with(props.text.clone(), move |_| everything.set(false));
    }
    let whole = &*props.text;
    let end = if *everything { whole.len() } else { whole.floor_char_boundary(MOST_SHOWN) };
    let text = whole.get(..end).unwrap_or_default();
    let show_all = Callback::from(move |_: MouseEvent| everything.set(true));
    html! {
        <>
            <pre class="code-block code-block--wrap token__decoded" tabindex="0" role="region"
                aria-label={props.label} translate="no" data-testid={format!("decoded-{}", props.name)}>
                <code class="token__json">{ drawn(language, props, text) }</code>
            </pre>
            if end < whole.len() {
                <button type="button" class="button" onclick={show_all}>
                    { SHOW_ALL.fill(language, &[("bytes", &whole.len())]) }
                </button>
            }
        </>
    }
}

fn drawn(language: Language, props: &Props, text: &str) -> Html {
    let lexemes = lexemes(text);
    let laid = if props.indented { indented(text, &lexemes) } else { as_sent(&lexemes) };
    let stretches = stretches(text, &props.marks);
    let mut pen = Pen::default();
    let mut done = Pen::default();
    let mut laid = laid.into_iter().peekable();
    for stretch in stretches {
        let first = stretch.mark.is_some_and(|mark| mark.place.start == stretch.place.start);
        while let Some(piece) = laid.peek_mut() {
            match piece {
                Laid::Inserted(space) => {
                    // White space that is not the token's is never within a mark's edge.
                    let pen = if pen.is_clean() { &mut done } else { &mut pen };
                    pen.plain.push_str(space);
                }
                Laid::Text(kind, place) if place.start < stretch.place.end => {
                    let end = place.end.min(stretch.place.end);
                    pen.text(*kind, text.get(place.start..end).unwrap_or_default());
                    if end < place.end {
                        place.start = end;
                        break;
                    }
                }
                Laid::Text(..) => break,
            }
            laid.next();
        }
        let inner = pen.take();
        match stretch.mark {
            Some(mark) => done.node(marked(language, &props.token, mark, first, inner)),
            None => done.node(inner),
        }
    }
    done.take()
}

/// Gathers text into as few nodes as will do.
#[derive(Default)]
struct Pen {
    nodes: Vec<Html>,
    plain: String,
    coloured: usize,
}

impl Pen {
    fn is_clean(&self) -> bool {
        self.nodes.is_empty() && self.plain.is_empty()
    }

    fn text(&mut self, kind: Kind, text: &str) {
        let class = match kind {
            Kind::Name => "json__name",
            Kind::String => "json__string",
            Kind::Scalar => "json__scalar",
            Kind::Other => {
                self.node(data_within(text));
                return;
            }
            _ => {
                self.plain.push_str(text);
                return;
            }
        };
        self.coloured += 1;
        if self.coloured <= MOST_COLOURED {
            self.node(html! { <span {class}>{ data_within(text) }</span> });
        } else if text.contains(countersign::is_deceptive) {
            self.node(data_within(text));
        } else {
            self.plain.push_str(text);
        }
    }

    fn node(&mut self, node: Html) {
        self.end_plain();
        self.nodes.push(node);
    }

    fn end_plain(&mut self) {
        if !self.plain.is_empty() {
            self.nodes.push(data_lines(&std::mem::take(&mut self.plain)));
        }
    }

    /// What was gathered; the count of coloured tokens goes on.
    fn take(&mut self) -> Html {
        self.end_plain();
        std::mem::take(&mut self.nodes).into_iter().collect()
    }
}
