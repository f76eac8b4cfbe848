use countersign::{Basis, CheckReport, Code, OutcomeName, Report};
use yew::prelude::*;

use super::super::app::Shown;
use super::super::data_text::data;
use super::super::prose::prose;
use crate::hooks::{Page, use_page};
use crate::language::core::{
    check_name, check_question, code_fault, code_remedy, evidence, expected, found,
};
use crate::language::{Language, Text};

const HEADING: Text = Text::new("Every check", "すべてのチェック");
const NO_TOKEN: Text = Text::new(
    "Paste a token to see each check of the policy, with what was expected and what was found.",
    "トークンを貼り付けると、ポリシーの各チェックについて、期待される内容と実際の内容が表示されます。",
);
const NO_REPORT: Text = Text::new(
    "The checks come once the policy has no faults.",
    "ポリシーの誤りがなくなると、チェックの結果が表示されます。",
);
const COUNTS: Text = Text::new(
    "{failed} failed, {passed} passed, {skipped} not made",
    "失敗 {failed}、通過 {passed}、未実施 {skipped}",
);
const SHOW: Text = Text::new("Show", "表示");
const ALL: Text = Text::new("All", "すべて");
const FAILED_ONLY: Text = Text::new("Failed", "失敗のみ");
const DETAILS: Text = Text::new("Details of all", "すべての詳細");
const NONE_FAILED: Text = Text::new("No check fails.", "失敗したチェックはありません。");

const PASSED: Text = Text::new("Passed", "通過");
const FAILED: Text = Text::new("Failed", "失敗");
const SKIPPED: Text = Text::new("Not made", "未実施");

const FORM: Text = Text::new("form", "形式");
const CLAIMED: Text = Text::new("as claimed, not vouched for", "申告のみ (未保証)");
const SIGNED: Text = Text::new("signed", "署名済み");

/// Instead of the core's remedy, which is for programs.
const GET_KEYS: Text = Text::new(
    "Fetch the issuer's keys under Signature, or paste them there.",
    "「署名」で発行者の鍵を取得するか、そこに貼り付けてください。",
);

const EXPECTED: Text = Text::new("Expected", "期待");
const FOUND: Text = Text::new("Found", "実際");
const REMEDY: Text = Text::new("Remedy", "対処");
const REASON: Text = Text::new("Reason", "理由");

/// Every check of the policy on the token in hand, live.
#[component]
pub(super) fn Checks() -> Html {
    let page = use_page();
    let only_failed = use_state_eq(|| false);
    let all_open = use_state_eq(|| false);
    let Some(Shown(verdicts)) = use_context::<Shown>() else { return Html::default() };
    if page.policy.outcome.is_none() {
        return Html::default();
    }
    let report = verdicts.report.as_ref().filter(|_| !page.token.is_blank());
    let body = match report {
        None if page.token.is_blank() => html! { <p class="hint">{ page.text(NO_TOKEN) }</p> },
        None => html! { <p class="hint">{ page.text(NO_REPORT) }</p> },
        Some(report) => {
            let rows = report
                .checks
                .iter()
                .filter(|check| !*only_failed || check.outcome == OutcomeName::Failed)
                .map(|check| Row::of(check, page.language()));
            let rows: Vec<Html> = rows
                .map(|row| {
                    let key = row.id;
                    html! { <CheckRow {key} {row} open={*all_open} /> }
                })
                .collect();
            html! {
                if rows.is_empty() {
                    <p class="note note--good">{ page.text(NONE_FAILED) }</p>
                } else {
                    <ol class="checks" data-testid="checks">{ for rows }</ol>
                }
            }
        }
    };
    let toggle = |label: Text, id: &'static str, state: &UseStateHandle<bool>, on: bool| {
        let pressed = **state == on;
        let state = state.clone();
        html! {
            <button type="button" class="button" data-testid={id} aria-pressed={pressed.to_string()}
                onclick={Callback::from(move |_: MouseEvent| state.set(on))}>
                { page.text(label) }
            </button>
        }
    };
    html! {
        <section class="bench__section" aria-labelledby="checks-heading">
            <div class="bench__bar">
                <h3 id="checks-heading" class="bench__heading">{ page.text(HEADING) }</h3>
                if report.is_some() {
                    <div class="bench__row" role="group" aria-label={page.text(SHOW)}>
                        { toggle(ALL, "checks-all", &only_failed, false) }
                        { toggle(FAILED_ONLY, "checks-failed", &only_failed, true) }
                        { toggle_details(&page, &all_open) }
                    </div>
                }
            </div>
            if let Some(report) = report {
                <p class="checks__counts" data-testid="checks-counts">{ counts(&page, report) }</p>
            }
            { body }
        </section>
    }
}

fn toggle_details(page: &Page, all_open: &UseStateHandle<bool>) -> Html {
    let onclick = {
        let all_open = all_open.clone();
        Callback::from(move |_: MouseEvent| all_open.set(!*all_open))
    };
    html! {
        <button type="button" class="button"
            aria-pressed={all_open.to_string()} {onclick}>
            { page.text(DETAILS) }
        </button>
    }
}

fn counts(page: &Page, report: &Report) -> String {
    let count = |outcome| report.checks.iter().filter(|check| check.outcome == outcome).count();
    page.fill(
        COUNTS,
        &[
            ("failed", &count(OutcomeName::Failed)),
            ("passed", &count(OutcomeName::Passed)),
            ("skipped", &count(OutcomeName::Skipped)),
        ],
    )
}

/// One check, in the words of the page. Rows are compared, so that those that stay the same are not
/// drawn again each second.
#[derive(Clone, PartialEq)]
struct Row {
    id: &'static str,
    name: &'static str,
    question: &'static str,
    outcome: OutcomeName,
    basis: Basis,
    expected: Option<String>,
    found: Option<String>,
    reason: Option<String>,
    code: Option<&'static str>,
    remedy: Option<&'static str>,
}

impl Row {
    fn of(check: &CheckReport, language: Language) -> Self {
        let name = check.check;
        let expected = check.expected.as_deref().map(|text| expected(name, text, language));
        let found = check.found.as_deref().map(|text| found(name, check.code, text, language));
        Self {
            id: check.check.as_str(),
            name: check_name(check.check, language),
            question: check_question(check.check, language),
            outcome: check.outcome,
            basis: check.basis,
            expected,
            found,
            reason: match check.code {
                Some(code) => Some(code_fault(code, language).to_owned()),
                None => check.reason.map(|reason| evidence(reason, language)),
            },
            code: check.code.map(Code::as_str),
            remedy: check.code.map(|code| match code {
                Code::KeyNotLoaded => GET_KEYS.in_language(language),
                code => code_remedy(code, language),
            }),
        }
    }

    fn outcome(&self) -> (&'static str, &'static str, Text) {
        match self.outcome {
            OutcomeName::Passed => ("check--passed", "✓", PASSED),
            OutcomeName::Failed => ("check--failed", "✕", FAILED),
            _ => ("check--skipped", "–", SKIPPED),
        }
    }

    fn basis(&self) -> Option<(&'static str, Text)> {
        match (self.outcome, self.basis) {
            // A check that was not made relied on nothing.
            (OutcomeName::Passed | OutcomeName::Failed, Basis::Form) => Some(("badge", FORM)),
            (OutcomeName::Passed | OutcomeName::Failed, Basis::Signed) => {
                Some(("badge badge--good", SIGNED))
            }
            (OutcomeName::Passed | OutcomeName::Failed, _) => Some(("badge badge--open", CLAIMED)),
            _ => None,
        }
    }
}

#[derive(PartialEq, Properties)]
struct RowProps {
    row: Row,
    open: bool,
}

#[component]
fn CheckRow(props: &RowProps) -> Html {
    let page = use_page();
    let row = &props.row;
    let (class, mark, outcome) = row.outcome();
    let open = props.open || row.outcome == OutcomeName::Failed;
    let term = |label: Text, value: Html| {
        html! { <div class="pairs__pair"><dt>{ page.text(label) }</dt><dd>{ value }</dd></div> }
    };
    html! {
        <li class={classes!("check", class)} data-testid={format!("check-{}", row.id)}>
            <details {open}>
                <summary class="check__head">
                    <span class="check__mark" aria-hidden="true">{ mark }</span>
                    <span class="check__name">
                        { row.name }
                        <span class="visually-hidden">{ ": " }{ page.text(outcome) }</span>
                    </span>
                    if let Some(code) = row.code {
                        <code class="check__code" translate="no">{ code }</code>
                    } else if let Some(found) = &row.found {
                        <span class="check__found">{ data(found) }</span>
                    } else {
                        <span class="check__found">{ page.text(outcome) }</span>
                    }
                </summary>
                <div class="check__body">
                    <p class="hint">{ prose(row.question) }</p>
                    if let Some(reason) = row.reason.as_ref() {
                        if row.code.is_some() {
                            <p class="check__fault">{ prose(reason) }</p>
                        }
                    }
                    <dl class="pairs">
                        if let Some(expected) = &row.expected {
                            { term(EXPECTED, data(expected)) }
                        }
                        if let Some(found) = &row.found {
                            { term(FOUND, data(found)) }
                        }
                        if let Some(reason) = row.reason.as_ref().filter(|_| row.code.is_none()) {
                            { term(REASON, prose(reason)) }
                        }
                        if let Some(remedy) = row.remedy {
                            { term(REMEDY, prose(remedy)) }
                        }
                    </dl>
                    if let Some((class, basis)) = row.basis() {
                        <p><span {class}>{ page.text(basis) }</span></p>
                    }
                </div>
            </details>
        </li>
    }
}
