use countersign::{Instant, PolicyDocument};
use yew::prelude::*;

use super::app::Shown;
use super::data_text::data_within;
use super::time_text::{TimeSpan, duration};
use crate::hooks::{Page, use_now, use_page};
use crate::language::Text;
use crate::language::core::{code_fault, code_remedy, found, notice};
use crate::state::{Action, Clock, KeySource};
use crate::verdicts::{PolicyVerdict, SignatureVerdict, TimeVerdict};

const HEADING: Text = Text::new("Verdicts", "判定");
const SIGNATURE: Text = Text::new("Signature", "署名");
const TIME: Text = Text::new("Time", "時刻");
const POLICY: Text = Text::new("Policy", "ポリシー");

const NO_TOKEN: Text = Text::new("No token", "トークンなし");
const WAITING: Text = Text::new("Paste a token above.", "上にトークンを貼り付けてください。");

const HOLDS: Text = Text::new("Holds", "有効");
const FAILS: Text = Text::new("Does not hold", "無効");
const NOT_CHECKED: Text = Text::new("Not checked", "未検証");
const UNREADABLE: Text = Text::new("Cannot be checked", "検証できません");
const SIGNED_BY: Text = Text::new(
    "Signed with the key {key} ({algorithm}) of {issuer}.",
    "{issuer} の鍵 {key} ({algorithm}) で署名されています。",
);
const SIGNED_BY_SOMEONE: Text = Text::new(
    "Signed with the key {key} ({algorithm}). The token names no issuer, so nothing says whose key that is.",
    "鍵 {key} ({algorithm}) で署名されています。トークンに発行者の記載がないため、誰の鍵かは分かりません。",
);
const NOT_EXPECTED: Text = Text::new(
    "Signed by this issuer, not checked against what you expect: give an issuer and an audience in a policy.",
    "この発行者による署名ですが、期待する内容とは照合していません。ポリシーで発行者とオーディエンスを指定してください。",
);
const GIVEN_KEYS: Text = Text::new("The keys are the ones you gave.", "鍵は入力されたものです。");
const SAMPLE_KEYS: Text = Text::new(
    "The keys were made in this page for a sample: the token is worth nothing elsewhere.",
    "鍵はサンプル用にこのページで作成されたものです。このトークンは他では使えません。",
);
const FETCHED_KEYS: Text =
    Text::new("The keys were fetched from {url}.", "鍵は {url} から取得しました。");
const TAKEN_OFF: Text = Text::new(
    "The signature was taken off before the token was shared, so nothing can be verified.",
    "共有前に署名が取り除かれているため、検証できません。",
);

const VALID: Text = Text::new("Valid", "有効期間内");
const INVALID: Text = Text::new("Not valid", "期間外");
const UNKNOWN: Text = Text::new("Not known", "不明");
const EXPIRES_IN: Text = Text::new("Expires in {time}, at {at}.", "残り {time} ({at} まで)。");
const EXPIRED_AGO: Text =
    Text::new("It expired {time} ago, at {at}.", "{time}前 ({at}) に期限が切れました。");
const TOLERATED: Text = Text::new(
    "It still passes: {seconds} seconds are tolerated, since clocks differ.",
    "時計のずれとして {seconds} 秒まで許容されるため、まだ受け入れられます。",
);
const NO_TIMES: Text = Text::new(
    "The token does not say, in a form that can be read, when it expires.",
    "有効期限を読み取れません。",
);

const ACCEPTED: Text = Text::new("Accepted", "受理");
const REFUSED: Text = Text::new("Refused", "拒否");
const UNDECIDED: Text = Text::new("Undecided", "未確定");
const NO_POLICY: Text = Text::new("No policy", "ポリシーなし");
const FAULTY: Text = Text::new("Policy has faults", "ポリシーに誤り");
const BY_RULE: Text =
    Text::new("By the trust rule \"{rule}\".", "信頼ルール「{rule}」によります。");
const NOTHING_EXPECTED: Text = Text::new(
    "Nothing says whom you trust and for whom the token must be. Write a policy, or start one from this token.",
    "信頼する相手とトークンの宛先が指定されていません。ポリシーを書くか、このトークンから作成してください。",
);
const FAULTS: Text =
    Text::new("Faults to mend in the policy: {count}.", "ポリシーの修正が必要な箇所: {count}。");
const ONLY_CLAIMED: Text = Text::new(
    "Every other check passes, on claims that nobody has vouched for: the signature has not been checked.",
    "他のチェックはすべて通りますが、署名が未検証のため、クレームの真正性は保証されていません。",
);
const FURTHER: Text =
    Text::new("Further checks that fail: {count}.", "他に失敗したチェック: {count}。");

const CLOCK_IS_SET: Text =
    Text::new("Judged for {at}, not for now.", "現在ではなく {at} の時点で判定しています。");
const BACK_TO_NOW: Text = Text::new("Back to now", "現在に戻す");

/// Signature, time and policy, side by side: never one verdict.
#[component]
pub(super) fn VerdictStrip() -> Html {
    let page = use_page();
    let Some(Shown(verdicts)) = use_context::<Shown>() else { return Html::default() };
    let now = use_now();
    let cards = [
        signature(&page, &verdicts.signature, &verdicts.policy),
        time(&page, &verdicts.time, now),
        policy(&page, &verdicts.policy),
    ];
    let summary: Vec<String> =
        cards.iter().map(|card| format!("{}: {}", card.name, card.word)).collect();
    html! {
        <section class="verdicts" aria-labelledby="verdicts-heading">
            <h2 id="verdicts-heading" class="visually-hidden">{ page.text(HEADING) }</h2>
            // Only the words are announced: a countdown read aloud every second helps nobody.
            <p class="visually-hidden" role="status" data-testid="verdict-summary">
                { summary.join(page.text(Text::new("; ", "、"))) }
            </p>
            if !page.token.is_blank() {
                { for cards.map(Card::show) }
            if let Clock::Set(at) = page.clock {
                { clock_is_set(&page, at) }
            }
            }
        </section>
    }
}

fn clock_is_set(page: &Page, at: u64) -> Html {
    let back = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.dispatch(Action::SetClock(Clock::Running)))
    };
    html! {
        <p class="verdicts__clock note note--open" data-testid="verdict-clock">
            { page.fill(CLOCK_IS_SET, &[("at", &Instant(at))]) }
            <button type="button" class="button button--plain" onclick={back}>
                { page.text(BACK_TO_NOW) }
            </button>
        </p>
    }
}

/// How a verdict looks; each has its own mark too, so that colour is not needed.
#[derive(Clone, Copy)]
enum Tone {
    Good,
    Bad,
    Open,
    Quiet,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "verdict--good",
            Self::Bad => "verdict--bad",
            Self::Open => "verdict--open",
            Self::Quiet => "verdict--quiet",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Bad => "✕",
            Self::Open => "?",
            Self::Quiet => "–",
        }
    }
}

struct Card {
    id: &'static str,
    name: &'static str,
    tone: Tone,
    word: &'static str,
    code: Option<&'static str>,
    lines: Vec<String>,
}

impl Card {
    fn show(self) -> Html {
        html! {
            <article class={classes!("verdict", self.tone.class())}
                data-testid={format!("verdict-{}", self.id)}>
                <span class="verdict__mark" aria-hidden="true">{ self.tone.mark() }</span>
                <h3 class="verdict__name">{ self.name }</h3>
                <p class="verdict__word" data-testid={format!("verdict-{}-word", self.id)}>
                    { self.word }
                    if let Some(code) = self.code {
                        <code class="verdict__code">{ code }</code>
                    }
                </p>
                <div class="verdict__lines">
                    // A line may quote the token or the policy.
                    { for self.lines.iter().map(|line| html! { <p>{ data_within(line) }</p> }) }
                </div>
            </article>
        }
    }
}

fn signature(page: &Page, verdict: &SignatureVerdict, policy: &PolicyVerdict) -> Card {
    let language = page.language();
    let card = |tone, word, code, lines| Card {
        id: "signature",
        name: page.text(SIGNATURE),
        tone,
        word: page.text(word),
        code,
        lines,
    };
    match verdict {
        SignatureVerdict::Nothing => {
            card(Tone::Quiet, NO_TOKEN, None, vec![page.text(WAITING).to_owned()])
        }
        SignatureVerdict::Impossible(rejection) => {
            let found = found(rejection.check, Some(rejection.code), &rejection.found, language);
            let lines = vec![code_fault(rejection.code, language).to_owned(), found];
            card(Tone::Bad, UNREADABLE, Some(rejection.code.as_str()), lines)
        }
        SignatureVerdict::TakenOff => {
            card(Tone::Open, NOT_CHECKED, None, vec![page.text(TAKEN_OFF).to_owned()])
        }
        SignatureVerdict::NotChecked => {
            card(Tone::Open, NOT_CHECKED, None, vec![notice(language).to_owned()])
        }
        SignatureVerdict::Holds { key_id, algorithm, source } => {
            let issuer = page.token.key_issuer();
            let algorithm = algorithm.as_str();
            let signed = if issuer.is_empty() { SIGNED_BY_SOMEONE } else { SIGNED_BY };
            let mut lines = vec![
                page.fill(
                    signed,
                    &[("key", key_id), ("algorithm", &algorithm), ("issuer", &issuer)],
                ),
                match source {
                    KeySource::Fetched(url) => page.fill(FETCHED_KEYS, &[("url", url)]),
                    KeySource::Given => page.text(GIVEN_KEYS).to_owned(),
                    KeySource::Sample => page.text(SAMPLE_KEYS).to_owned(),
                },
            ];
            let nothing_expected =
                matches!(policy, PolicyVerdict::NoPolicy | PolicyVerdict::Faulty(_));
            if nothing_expected && !issuer.is_empty() {
                lines.insert(0, page.text(NOT_EXPECTED).to_owned());
            }
            card(Tone::Good, HOLDS, None, lines)
        }
        SignatureVerdict::Fails(rejection) => {
            let lines = vec![
                code_fault(rejection.code, language).to_owned(),
                code_remedy(rejection.code, language).to_owned(),
            ];
            card(Tone::Bad, FAILS, Some(rejection.code.as_str()), lines)
        }
    }
}

fn time(page: &Page, verdict: &TimeVerdict, now: u64) -> Card {
    let language = page.language();
    let card = |tone, word, code, lines| Card {
        id: "time",
        name: page.text(TIME),
        tone,
        word: page.text(word),
        code,
        lines,
    };
    let ends = |expires_at: u64| {
        let at = Instant(expires_at);
        let (text, span) = if expires_at > now {
            (EXPIRES_IN, TimeSpan::between(now, expires_at))
        } else {
            (EXPIRED_AGO, TimeSpan::between(expires_at, now))
        };
        page.fill(text, &[("time", &duration(span, language)), ("at", &at)])
    };
    match verdict {
        TimeVerdict::Nothing => {
            card(Tone::Quiet, NO_TOKEN, None, vec![page.text(WAITING).to_owned()])
        }
        TimeVerdict::Unknown => {
            card(Tone::Open, UNKNOWN, None, vec![page.text(NO_TIMES).to_owned()])
        }
        TimeVerdict::Valid { expires_at } => {
            let mut lines = vec![ends(*expires_at)];
            if *expires_at <= now {
                let document = page.policy.policy().map(|policy| policy.document());
                let seconds = document.map_or_else(
                    || PolicyDocument::default().clock_tolerance_seconds,
                    |document| document.clock_tolerance_seconds,
                );
                lines.push(page.fill(TOLERATED, &[("seconds", &seconds)]));
            }
            card(Tone::Good, VALID, None, lines)
        }
        TimeVerdict::Invalid { check, expires_at } => {
            let mut lines: Vec<String> =
                check.code.map(|code| code_fault(code, language).to_owned()).into_iter().collect();
            lines.extend(expires_at.map(ends));
            lines.extend(check.code.map(|code| code_remedy(code, language).to_owned()));
            card(Tone::Bad, INVALID, check.code.map(countersign::Code::as_str), lines)
        }
    }
}

fn policy(page: &Page, verdict: &PolicyVerdict) -> Card {
    let language = page.language();
    let card = |tone, word, code, lines| Card {
        id: "policy",
        name: page.text(POLICY),
        tone,
        word: page.text(word),
        code,
        lines,
    };
    match verdict {
        PolicyVerdict::Nothing => {
            card(Tone::Quiet, NO_TOKEN, None, vec![page.text(WAITING).to_owned()])
        }
        PolicyVerdict::NoPolicy => {
            card(Tone::Open, NO_POLICY, None, vec![page.text(NOTHING_EXPECTED).to_owned()])
        }
        PolicyVerdict::Faulty(count) => {
            card(Tone::Bad, FAULTY, None, vec![page.fill(FAULTS, &[("count", count)])])
        }
        PolicyVerdict::Accepted { rule } => {
            card(Tone::Good, ACCEPTED, None, vec![page.fill(BY_RULE, &[("rule", rule)])])
        }
        PolicyVerdict::Undecided => {
            card(Tone::Open, UNDECIDED, None, vec![page.text(ONLY_CLAIMED).to_owned()])
        }
        PolicyVerdict::Refused { code, further } => {
            let mut lines = vec![
                code_fault(*code, language).to_owned(),
                code_remedy(*code, language).to_owned(),
            ];
            if *further > 0 {
                lines.push(page.fill(FURTHER, &[("count", further)]));
            }
            card(Tone::Bad, REFUSED, Some(code.as_str()), lines)
        }
    }
}
