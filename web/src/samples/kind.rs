use countersign::Algorithm;

use crate::language::Text;

/// A sample: a token as AWS issues it, or one with something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A role in an organization.
    Role,
    /// The same, signed with RSA.
    RoleRs256,
    /// A Lambda function.
    Lambda,
    /// An EC2 instance.
    Ec2,
    /// A pod in an EKS cluster.
    EksPod,
    /// A person who signed in through Identity Center.
    IdentityCenter,
    /// A Glue job.
    Glue,
    /// The whole answer of STS.
    StsAnswer,
    /// A token that is over.
    Expired,
    /// A token that was changed after it was signed.
    Forged,
    /// A token for someone else.
    WrongAudience,
    /// A token without AWS's own claim.
    OptedOut,
    /// Times in milliseconds.
    Milliseconds,
    /// A member that is there twice.
    DuplicateMember,
    /// Signed with an algorithm that AWS does not use for these tokens.
    Es256,
    /// Only the beginning of a token.
    CutOff,
}

impl Sample {
    /// The samples that are as AWS issues tokens.
    pub const GENUINE: [Self; 8] = [
        Self::Role,
        Self::RoleRs256,
        Self::Lambda,
        Self::Ec2,
        Self::EksPod,
        Self::IdentityCenter,
        Self::Glue,
        Self::StsAnswer,
    ];

    /// The samples that are refused, each for another reason.
    pub const REFUSED: [Self; 8] = [
        Self::Expired,
        Self::Forged,
        Self::WrongAudience,
        Self::OptedOut,
        Self::Milliseconds,
        Self::DuplicateMember,
        Self::Es256,
        Self::CutOff,
    ];

    /// The algorithm that the sample is signed with.
    pub fn algorithm(self) -> Algorithm {
        match self {
            Self::RoleRs256 | Self::Glue => Algorithm::Rs256,
            Self::Es256 => Algorithm::Es256,
            _ => Algorithm::Es384,
        }
    }

    /// A name that stays the same.
    pub fn id(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::RoleRs256 => "role-rs256",
            Self::Lambda => "lambda",
            Self::Ec2 => "ec2",
            Self::EksPod => "eks-pod",
            Self::IdentityCenter => "identity-center",
            Self::Glue => "glue",
            Self::StsAnswer => "sts-answer",
            Self::Expired => "expired",
            Self::Forged => "forged",
            Self::WrongAudience => "wrong-audience",
            Self::OptedOut => "opted-out",
            Self::Milliseconds => "milliseconds",
            Self::DuplicateMember => "duplicate-member",
            Self::Es256 => "es256",
            Self::CutOff => "cut-off",
        }
    }

    /// What it is called.
    pub fn title(self) -> Text {
        match self {
            Self::Role => Text::new("Role in an organization", "組織内のロール"),
            Self::RoleRs256 => Text::new("The same, RS256", "同じロール (RS256)"),
            Self::Lambda => Text::new("Lambda function", "Lambda 関数"),
            Self::Ec2 => Text::new("EC2 instance", "EC2 インスタンス"),
            Self::EksPod => Text::new("EKS pod", "EKS の Pod"),
            Self::IdentityCenter => Text::new("Identity Center user", "Identity Center ユーザー"),
            Self::Glue => Text::new("Glue job", "Glue ジョブ"),
            Self::StsAnswer => Text::new("As STS returns it", "STS の応答そのまま"),
            Self::Expired => Text::new("Expired", "期限切れ"),
            Self::Forged => Text::new("Forged", "改ざん"),
            Self::WrongAudience => Text::new("Another audience", "別のオーディエンス"),
            Self::OptedOut => Text::new("Without AWS's claim", "AWS のクレームなし"),
            Self::Milliseconds => Text::new("Times in milliseconds", "ミリ秒の時刻"),
            Self::DuplicateMember => Text::new("A member twice", "メンバーの重複"),
            Self::Es256 => Text::new("Signed with ES256", "ES256 で署名"),
            Self::CutOff => Text::new("Cut off", "途中で切れたトークン"),
        }
    }

    /// What it shows, in a line.
    pub fn about(self) -> Text {
        match self {
            Self::Role => Text::new(
                "ES384, with an OU path, tags of the role and tags of the request.",
                "ES384。OU パス、ロールのタグ、リクエストのタグを含みます。",
            ),
            Self::RoleRs256 => Text::new(
                "As Entra ID and Google Cloud need it.",
                "Entra ID と Google Cloud で必要な形式です。",
            ),
            Self::Lambda => {
                Text::new("AWS names the function that asked.", "要求元の関数を AWS が示します。")
            }
            Self::Ec2 => Text::new(
                "AWS names the instance, its VPC and its address.",
                "インスタンス、VPC、IP アドレスを AWS が示します。",
            ),
            Self::EksPod => Text::new(
                "Pod Identity puts cluster and namespace into the tags.",
                "Pod Identity がクラスターと Namespace をタグに設定します。",
            ),
            Self::IdentityCenter => Text::new(
                "A person, with a permission set.",
                "アクセス許可セットを持つ個人のトークンです。",
            ),
            Self::Glue => Text::new(
                "RS256, from a job of AWS Glue.",
                "RS256。AWS Glue のジョブが取得したものです。",
            ),
            Self::StsAnswer => Text::new(
                "The AWS CLI's JSON around the token is taken off.",
                "トークンを囲む AWS CLI の JSON は取り除かれます。",
            ),
            Self::Expired => Text::new("It ended an hour ago.", "1 時間前に期限が切れています。"),
            Self::Forged => Text::new(
                "The role was changed after signing.",
                "署名後にロールが書き換えられています。",
            ),
            Self::WrongAudience => Text::new(
                "Sound, but issued for another service.",
                "正しいトークンですが、別のサービス宛てです。",
            ),
            Self::OptedOut => Text::new(
                "The account has opted out, and the policy needs the claim.",
                "アカウントがクレームを無効化していますが、ポリシーは必要としています。",
            ),
            Self::Milliseconds => {
                Text::new("The times of a JWT are in seconds.", "JWT の時刻は秒単位で記載します。")
            }
            Self::DuplicateMember => Text::new(
                "Two audiences: readers disagree which one counts.",
                "aud が 2 つあり、どちらを採用するかは実装により異なります。",
            ),
            Self::Es256 => Text::new(
                "The signature holds, and the policy does not allow it.",
                "署名は有効ですが、ポリシーで許可されていません。",
            ),
            Self::CutOff => Text::new("Read as far as it goes.", "読める範囲まで解析します。"),
        }
    }
}
