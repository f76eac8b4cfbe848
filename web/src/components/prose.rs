//! Our own sentences, with code set apart.

use yew::prelude::*;

/// A sentence of the page in which backticks enclose code. What a sentence quotes
/// from outside can at most change what is set apart.
pub(super) fn prose(text: &str) -> Html {
    text.split('`')
        .enumerate()
        .map(|(number, piece)| {
            if number % 2 == 1 {
                html! { <code translate="no">{ piece.to_owned() }</code> }
            } else {
                piece.to_owned().into()
            }
        })
        .collect()
}
