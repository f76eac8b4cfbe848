//! The descriptions of the policy's JSON Schema in Japanese, in the order in which members are suggested.

pub(super) const POLICY: &[(&str, &str)] = &[
    (
        "audience",
        "自分を指すオーディエンス。トークンはこのいずれかに対して発行されている必要があり、完全一致で比較します。1 つまたは複数を指定できます。`dangerAcceptAnyAudience` を設定しない限り必須です。",
    ),
    (
        "trust",
        "信頼する相手。トークンは少なくとも 1 つのルールの条件をすべて満たす必要があります。",
    ),
    ("algorithms", "受け入れる署名アルゴリズム。既定値は、AWS が提供する ES384 と RS256 です。"),
    (
        "maxLifetimeSeconds",
        "受け入れる有効期間 (`exp` − `iat`) の上限 (秒、60～3600)。既定値は、AWS が発行する最長の 3600 です。",
    ),
    (
        "maxAgeSeconds",
        "発行からの経過時間の上限 (秒、1～3600)。既定では、トークン自体の有効期限以外の制限はありません。",
    ),
    (
        "clockToleranceSeconds",
        "このホストと AWS の時計のずれの許容範囲 (秒、0～300)。既定値は 30 です。",
    ),
    (
        "dangerAcceptAnyAudience",
        "宛先を問わずトークンを受け入れます。危険: 他のサービス向けのトークンを受け取った者が、それをここで使えてしまいます。",
    ),
    (
        "dangerAcceptAnyLifetime",
        "有効期間の長さを問わずトークンを受け入れます。危険: AWS は 1 時間を超えるトークンを発行しません。",
    ),
    (
        "dangerLoopbackIssuers",
        "ローカルの発行者のオリジン (例: `http://127.0.0.1:8460`)。その発行者 (`<origin>/<label>`) を AWS のものと同様に扱います。開発とテスト以外では危険: そのポートで待ち受けられるプロセスはトークンを発行できてしまいます。",
    ),
];

pub(super) const RULE: &[(&str, &str)] = &[
    ("name", "ID やレポートに表示するルールの名前。既定値は `trust[0]` のような位置です。"),
    (
        "issuer",
        "発行者 (issuer) の正確な値。1 つまたは複数を指定できます。アカウントごとに 1 つだけあります。",
    ),
    (
        "organization",
        "組織 ID (例: `o-abc1234567`)。この組織のアカウントについて、AWS の形式の発行者をすべて信頼します。",
    ),
    ("account", "アカウント ID (12 桁)。1 つまたは複数を指定できます。"),
    (
        "principals",
        "ロールとユーザーのパターン (例: `arn:aws:iam::123456789012:role/billing/*`)。`*` はパスの 1 区間内にとどまり、`**` は 1 回だけ、区間をまたげます。",
    ),
    ("permissionSets", "Identity Center の許可セットの名前。`*` は任意の文字列を表します。"),
    (
        "organizationalUnits",
        "組織内の場所のパターン (例: `o-…/r-…/ou-…/**`)。この例は、その OU と配下のすべてに一致します。",
    ),
    (
        "principalTags",
        "ロールまたはセッションに必要なタグ。キーごとに値を 1 つ、またはいずれかが一致すればよい複数の値を指定します。ロールやセッションにタグを付けられる者が設定できる値です。",
    ),
    (
        "requestTags",
        "リクエストに必要なタグ。呼び出し側が自由に選べるため、これだけを条件にすることはできません。",
    ),
    (
        "sourceRegions",
        "トークンを発行した STS エンドポイントのリージョン。1 つまたは複数を指定できます。",
    ),
];

pub(super) const ALGORITHMS: [(&str, &str); 3] = [
    ("ES256", "P-256 と SHA-256 による ECDSA。"),
    ("ES384", "P-384 と SHA-384 による ECDSA。"),
    ("RS256", "SHA-256 による RSASSA-PKCS1-v1_5。"),
];
