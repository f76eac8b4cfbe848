use crate::claims_view::Label;
use crate::language::{Language, Text};

/// What a value is called on the page.
pub(super) fn label(label: Label, language: Language) -> &'static str {
    text(label).in_language(language)
}

fn text(label: Label) -> Text {
    match label {
        Label::Account => Text::new("Account", "アカウント"),
        Label::Cluster => Text::new("Cluster", "クラスター"),
        Label::Delivery => Text::new("Credentials by", "認証情報の取得方法"),
        Label::Function => Text::new("Function", "関数"),
        Label::Instance => Text::new("Instance", "インスタンス"),
        Label::Name => Text::new("Name", "名前"),
        Label::Namespace => Text::new("Namespace", "名前空間"),
        Label::Partition => Text::new("Partition", "パーティション"),
        Label::Path => Text::new("Path", "パス"),
        Label::PermissionSet => Text::new("Permission set", "許可セット"),
        Label::Pod => Text::new("Pod", "Pod"),
        Label::PodUid => Text::new("Pod's unique id", "Pod の UID"),
        Label::Pool => Text::new("Pool", "プール"),
        Label::Provider => Text::new("Provider", "プロバイダー"),
        Label::PrivateAddress => Text::new("Private address", "プライベートアドレス"),
        Label::Qualifier => Text::new("Version or alias", "バージョンまたはエイリアス"),
        Label::Region => Text::new("Region", "リージョン"),
        Label::Resource => Text::new("Resource", "リソース"),
        Label::Role => Text::new("Role", "ロール"),
        Label::Service => Text::new("Service", "サービス"),
        Label::ServiceAccount => Text::new("Service account", "サービスアカウント"),
        Label::Session => Text::new("Session", "セッション"),
        Label::SourceIdentity => Text::new("Source identity", "ソースアイデンティティ"),
        Label::Store => Text::new("Identity store", "アイデンティティストア"),
        Label::Suffix => Text::new("Suffix", "接尾辞"),
        Label::Type => Text::new("Type", "タイプ"),
        Label::User => Text::new("User id", "ユーザー ID"),
        Label::Vpc => Text::new("VPC", "VPC"),
    }
}
