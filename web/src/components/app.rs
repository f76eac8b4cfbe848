use std::rc::Rc;

use yew::prelude::*;

use super::claims::ClaimsCard;
use super::compare::Comparison;
use super::frame::{Footer, Header};
use super::policy::PolicyCard;
use super::reader::Reader;
use super::share::Redacted;
use super::signature::SignatureCard;
use super::token_text::TokenCard;
use super::verdicts::VerdictStrip;
use super::welcome::Welcome;
use crate::hooks::{Page, use_browser, use_host_time};
use crate::state::State;
use crate::verdicts::{SignatureVerdict, Verdicts};

/// The whole page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(State::default);
    let time = use_host_time();
    let page = Page::new(state);
    let signature = use_memo(page.clone(), |page| SignatureVerdict::of(page));
    let verdicts = {
        let now = page.clock.now(time.0);
        // The signature is judged again only with the page's state, and so it need not be compared.
        use_memo((page.clone(), now), |(page, now)| Verdicts::of(page, (*signature).clone(), *now))
    };
    let drag = use_browser(&page);
    html! {
        <ContextProvider<Page> context={page.clone()}>
        <ContextProvider<crate::hooks::Now> context={time}>
        <ContextProvider<Shown> context={Shown(verdicts)}>
            <div class="page" ondragover={drag.over} ondrop={drag.drop}>
                <Header />
                <main id="main" class="page__main" tabindex="-1">
                    if page.redacted {
                        <Redacted />
                    } else {
                        <Reader />
                        if page.token.is_blank() {
                            <Welcome />
                        }
                        <VerdictStrip />
                        if page.other.is_some() {
                            <Comparison />
                        }
                        <TokenCard token={page.token.clone()} />
                        <div class="columns">
                            <div class="columns__column">
                                <ClaimsCard token={page.token.clone()} />
                            </div>
                            <div class="columns__column">
                                <SignatureCard />
                                <PolicyCard />
                            </div>
                        </div>
                    }
                </main>
                <Footer />
            </div>
        </ContextProvider<Shown>>
        </ContextProvider<crate::hooks::Now>>
        </ContextProvider<Page>>
    }
}

/// The verdicts on the token in hand, for every component.
#[derive(Clone)]
pub(super) struct Shown(pub(super) Rc<Verdicts>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
