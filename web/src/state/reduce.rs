use std::rc::Rc;

use yew::Reducible;

use super::{Action, KeySource, Keys, PolicyText, State, Token};

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(action);
        Rc::new(next)
    }
}

impl State {
    fn apply(&mut self, action: Action) {
        match action {
            Action::Read(text) => {
                self.token = Rc::new(Token::read(text));
                self.redacted = false;
                if !self.token.is_blank()
                    && let Some(keys) = self.waiting_keys.take()
                {
                    self.give_keys(&keys, KeySource::Given);
                }
            }
            Action::ReadOther(text) => self.other = text.map(|text| Rc::new(Token::read(text))),
            Action::Clear => {
                self.token = Rc::default();
                self.other = None;
                self.waiting_keys = None;
                self.redacted = false;
            }
            Action::WritePolicy(text) => self.policy = Rc::new(PolicyText::read(text)),
            Action::ReplacePolicy(text) => self.replace_policy(text),
            Action::UndoPolicy => {
                if let Some(former) = self.former_policy.take() {
                    self.replace_policy(former);
                }
            }
            Action::SetClock(clock) => self.clock = clock,
            Action::FetchStarted { issuer, url } => {
                self.keys.insert(issuer, Keys::Fetching { url });
            }
            Action::FetchEnded { issuer, url, outcome } => self.fetched(issuer, url, outcome),
            Action::GiveKeys(text) if self.token.is_blank() => self.waiting_keys = Some(text),
            Action::GiveKeys(text) => self.give_keys(&text, KeySource::Given),
            Action::DropKeys => {
                self.keys.remove(self.token.key_issuer());
            }
            Action::Sample { token, key_set, policy } => {
                self.token = Rc::new(Token::read(token));
                self.redacted = false;
                self.waiting_keys = None;
                self.give_keys(&key_set, KeySource::Sample);
                self.sample_policy(policy);
            }
            Action::Redact(redacted) => self.redacted = redacted,
            Action::SetLanguage(language) => self.preferences.language = language,
            Action::SetTheme(theme) => self.preferences.theme = theme,
        }
    }

    /// Puts a policy in place of the present one, which is kept if there is anything in it.
    fn replace_policy(&mut self, text: String) {
        if text == self.policy.text {
            return;
        }
        let present = std::mem::replace(&mut self.policy, Rc::new(PolicyText::read(text)));
        if present.outcome.is_some() {
            self.former_policy = Some(present.text.clone());
        }
    }

    /// Puts a sample's policy in place of the present one. One that someone wrote can be brought back
    /// after any number of samples.
    fn sample_policy(&mut self, text: String) {
        let former = self.former_policy.clone();
        let is_a_samples = self.sample_policy.as_ref() == Some(&self.policy.text);
        self.replace_policy(text.clone());
        if is_a_samples {
            self.former_policy = former;
        }
        self.sample_policy = Some(text);
    }

    fn give_keys(&mut self, text: &str, source: KeySource) {
        let issuer = self.token.key_issuer();
        if text.trim().is_empty() {
            self.keys.remove(issuer);
        } else {
            let keys = Keys::read(text, self.token.key_id.as_deref(), source);
            self.keys.insert(issuer.to_owned(), keys);
        }
    }

    /// Takes what came of a fetch, unless the user has given other keys in the meantime.
    fn fetched(
        &mut self,
        issuer: String,
        url: String,
        outcome: Result<countersign::KeySet, super::FetchProblem>,
    ) {
        let awaited = matches!(
            self.keys.get(&issuer),
            Some(Keys::Fetching { url: awaited }) if *awaited == url
        );
        if !awaited {
            return;
        }
        let keys = match outcome {
            Ok(set) => Keys::Known { set: Rc::new(set), source: KeySource::Fetched(url) },
            Err(problem) => Keys::Unreachable { url, problem },
        };
        self.keys.insert(issuer, keys);
    }
}
