use std::ops::Range;

use web_sys::{HtmlTextAreaElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::super::super::data_text::data;
use super::super::super::prose::prose;
use super::area;
use super::mirror::piece_id;
use super::offsets::line_of;
use crate::hooks::use_page;
use crate::language::Text;
use crate::language::core::policy_fault;

const HEADING: Text =
    Text::new("To mend in the policy: {count}", "ポリシーの修正が必要な箇所: {count}");
const LINE: Text = Text::new("Line {line}", "{line} 行目");
const GO: Text = Text::new("Go to line {line}", "{line} 行目へ移動");

/// No more faults than this are listed.
const MOST: usize = 50;

const FURTHER: Text = Text::new("And {count} more.", "他に {count} 件あります。");

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// Where each fault is in the text, in bytes.
    pub(super) places: Vec<Option<Range<usize>>>,
    pub(super) area: NodeRef,
}

/// What is wrong with the policy, fault by fault, each with the way to its place.
#[component]
pub(super) fn Faults(props: &Props) -> Html {
    let page = use_page();
    let Some(faults) = page.policy.faults() else { return Html::default() };
    let faults = faults.as_slice();
    let shown = faults.iter().take(MOST).enumerate().map(|(number, fault)| {
        let (message, remedy) = policy_fault(fault, page.language());
        let place = props.places.get(number).cloned().flatten();
        let line = place.as_ref().map(|place| line_of(&page.policy.text, place.start));
        html! {
            <li class="note note--bad policy-fault" data-testid="policy-fault">
                <p class="policy-fault__head">
                    if let (Some(place), Some(line)) = (place, line) {
                        <button type="button" class="policy-fault__place" onclick={go_to(&props.area, place)}
                            aria-label={page.fill(GO, &[("line", &line)])}>
                            { page.fill(LINE, &[("line", &line)]) }
                        </button>
                    }
                    if !fault.path.is_empty() {
                        { data(&fault.path) }
                    }
                    <code class="policy-fault__code" translate="no">{ fault.code.as_str() }</code>
                </p>
                <p>{ prose(&message) }</p>
                <p class="policy-fault__remedy">{ prose(&remedy) }</p>
            </li>
        }
    });
    let further = faults.len().saturating_sub(MOST);
    html! {
        <div class="faults">
            <p id="policy-faults" class="faults__count">
                { page.fill(HEADING, &[("count", &faults.len())]) }
            </p>
            <ol>{ for shown }</ol>
            if further > 0 {
                <p class="hint">{ page.fill(FURTHER, &[("count", &further)]) }</p>
            }
        </div>
    }
}

fn go_to(area: &NodeRef, place: Range<usize>) -> Callback<MouseEvent> {
    let area = area.clone();
    Callback::from(move |_| {
        let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
        area::select(&area, place.start, place.end);
        // Selecting does not scroll; the mirror's piece is where the text is.
        let piece = area
            .owner_document()
            .and_then(|document| document.get_element_by_id(&piece_id(place.start)));
        if let Some(piece) = piece {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_behavior(ScrollBehavior::Auto);
            piece.scroll_into_view_with_scroll_into_view_options(&options);
        }
    })
}
