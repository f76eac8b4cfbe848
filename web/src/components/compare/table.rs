use yew::prelude::*;

use super::super::time_text::{TimeSpan, duration};
use crate::comparison::{Change, Difference, Part, Path};
use crate::hooks::{Page, use_page};
use crate::language::Text;

const CAPTION: Text = Text::new("Differences, place by place", "項目ごとの違い");
const PLACE: Text = Text::new("Place", "項目");
const FIRST: Text = Text::new("First", "最初のトークン");
const SECOND: Text = Text::new("Second", "比較するトークン");
const NOTHING: Text = Text::new(
    "Header and payload are the same, byte for byte.",
    "ヘッダーとペイロードはバイト単位で同じです。",
);
const HEADER: Text = Text::new("header", "ヘッダー");
const ADDED: Text = Text::new("added", "追加");
const CHANGED: Text = Text::new("changed", "変更");
const REMOVED: Text = Text::new("removed", "削除");
const SAME: Text = Text::new("same", "同じ");
const ABSENT: Text = Text::new("not there", "なし");
const LATER: Text = Text::new("{time} later", "{time}後");
const EARLIER: Text = Text::new("{time} earlier", "{time}前");
const MORE: Text = Text::new(
    "{count} more differences are not shown.",
    "他に {count} 件の違いがあります (表示を省略)。",
);

/// No more rows than this are drawn.
const MOST_ROWS: usize = 300;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// What is shown, in order.
    pub(super) shown: Vec<Difference>,
}

/// A row for each difference.
#[component]
pub(super) fn Differences(props: &Props) -> Html {
    let page = use_page();
    if props.shown.is_empty() {
        return html! { <p class="note note--good">{ page.text(NOTHING) }</p> };
    }
    let more = props.shown.len().saturating_sub(MOST_ROWS);
    html! {
        <>
            <table class="compare__table">
                <caption class="visually-hidden">{ page.text(CAPTION) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ page.text(PLACE) }</th>
                        <th scope="col">{ page.text(FIRST) }</th>
                        <th scope="col">{ page.text(SECOND) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for props.shown.iter().take(MOST_ROWS).map(|one| row(&page, one)) }
                </tbody>
            </table>
            if more > 0 {
                <p class="hint">{ page.fill(MORE, &[("count", &more)]) }</p>
            }
        </>
    }
}

fn row(page: &Page, difference: &Difference) -> Html {
    let (class, word) = match difference.change() {
        Change::Added => ("badge--good", ADDED),
        Change::Changed => ("badge--open", CHANGED),
        Change::Removed => ("badge--bad", REMOVED),
        Change::Same => ("", SAME),
    };
    let value = |heading: Text, value: &Option<String>| {
        html! {
            <td data-heading={page.text(heading)}>
                if let Some(value) = value {
                    <span class="data" translate="no">{ value.clone() }</span>
                } else {
                    <span class="hint">{ page.text(ABSENT) }</span>
                }
            </td>
        }
    };
    html! {
        <tr>
            <th scope="row">
                { path(page, &difference.path) }{ " " }
                <span class={classes!("badge", class)}>{ page.text(word) }</span>
                if let Some(words) = later(page, difference) {
                    <span class="compare__growth hint">{ words }</span>
                }
            </th>
            { value(FIRST, &difference.first) }
            { value(SECOND, &difference.second) }
        </tr>
    }
}

fn path(page: &Page, path: &Path) -> Html {
    html! {
        <>
            if path.part == Part::Header {
                <span class="compare__part">{ page.text(HEADER) }</span>
            }
            { for path.names.iter().map(|name| html! {
                <span class="compare__name data" translate="no">{ name.clone() }</span>
            }) }
        </>
    }
}

/// By how much a time moved.
fn later(page: &Page, difference: &Difference) -> Option<String> {
    let [name] = difference.path.names.as_slice() else { return None };
    if difference.path.part != Part::Payload || !["exp", "iat", "nbf"].contains(&name.as_str()) {
        return None;
    }
    let growth = difference.growth().filter(|growth| *growth != 0)?;
    let seconds = u64::try_from(growth.unsigned_abs()).ok()?;
    let time = duration(TimeSpan(seconds), page.language());
    Some(page.fill(if growth > 0 { LATER } else { EARLIER }, &[("time", &time)]))
}
