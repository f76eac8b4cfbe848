//! Whether the signature holds, and the keys that say so.

mod asking;
mod given;
mod keys;
mod verdict;

use countersign::FindingCode;
use yew::prelude::*;

use self::asking::Asking;
use self::given::GivenKeys;
use self::keys::KnownKeys;
use self::verdict::Verdict;
use super::data_text::data;
use crate::hooks::use_page;
use crate::language::Text;
use crate::state::KeyPlace;

const TITLE: Text = Text::new("Signature and keys", "署名と鍵");
const WAITING: Text = Text::new(
    "Keys are asked for only when you press a button that names their URL, and only there.",
    "鍵は、URL を明記したボタンを押したときにだけ、その URL からのみ取得します。",
);
const KEPT: Text = Text::new(
    "The keys that you gave wait for a token: they will be taken for its issuer's.",
    "入力された鍵は、次に読み込むトークンの発行者の鍵として使われます。",
);
const POINTER: Text = Text::new(
    "The header points to a key, or carries one. It is never used: whoever writes a token also writes its \
     header.",
    "ヘッダーに鍵、または鍵の参照先が含まれていますが、使用しません。ヘッダーはトークンの作成者が自由に書けるためです。",
);
const KEYS_OF: Text = Text::new("Keys of the issuer", "発行者 (issuer) の鍵");
const KEYS: Text = Text::new("Keys", "鍵");

/// The signature, and where the keys come from.
#[component]
pub(super) fn SignatureCard() -> Html {
    let page = use_page();
    if page.token.is_blank() {
        return html! {
            <section class="card" aria-labelledby="signature-title" data-testid="signature">
                <h2 id="signature-title" class="card__title">{ page.text(TITLE) }</h2>
                <p class="hint">{ page.text(WAITING) }</p>
                if page.waiting_keys.is_some() {
                    <p class="note note--open" role="status" data-testid="waiting-keys">
                        { page.text(KEPT) }
                    </p>
                }
            </section>
        };
    }
    let findings = &page.token.inspection.findings;
    let header_has_key = findings.iter().any(|one| one.code == FindingCode::EmbeddedKey);
    let issuer = page.token.issuer();
    // While there are keys, none are asked for: a fetch that fails would lose them.
    let has_keys = page.token_keys().known().is_some();
    html! {
        <section class="card signature" aria-labelledby="signature-title" data-testid="signature">
            <div class="card__head">
                <h2 id="signature-title" class="card__title">{ page.text(TITLE) }</h2>
            </div>
            <div class="stack">
                <Verdict />
                if header_has_key {
                    <p class="note note--open" data-testid="header-key">{ page.text(POINTER) }</p>
                }
                // Without a signature there is nothing to do with keys.
                if !page.token.is_redacted() {
                    <section class="signature__keys stack" aria-labelledby="keys-title">
                        <div>
                            <h3 id="keys-title" class="signature__heading">
                                { page.text(if issuer.is_some() { KEYS_OF } else { KEYS }) }
                            </h3>
                            if let Some(issuer) = issuer {
                                <p class="signature__issuer">{ data(issuer) }</p>
                            }
                        </div>
                        <KnownKeys />
                        if !has_keys {
                            <Asking place={KeyPlace::of(issuer)} />
                        }
                        <GivenKeys key={page.token.key_issuer()} />
                    </section>
                }
            </div>
        </section>
    }
}
