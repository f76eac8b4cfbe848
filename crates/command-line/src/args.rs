//! The command line's shape. Its texts are also the help and the man pages.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use countersign_issuer::IssuerForm;

use crate::{clock, exit};

/// The longest line of a help text, in characters.
pub(crate) const LONGEST_LINE: usize = 100;

/// Verifies and inspects the JSON Web Tokens that AWS issues (IAM outbound identity federation), and
/// plays AWS's side locally.
#[derive(Parser)]
#[command(name = "countersign", version, max_term_width = LONGEST_LINE, after_help = exit::help())]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Inspect(InspectArguments),
    Verify(VerifyArguments),
    #[command(subcommand)]
    Policy(PolicyCommand),
    Page(PageArguments),
    Issuer(IssuerArguments),
    Codes(CodesArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
}

/// Show what a token says, as far as it can be read; nothing is verified
///
/// It takes a token, or what people paste around one: `Bearer …`, a shell assignment, the JSON or XML
/// that STS returns. Broken tokens are shown as far as they can be decoded.
#[derive(Args)]
pub(crate) struct InspectArguments {
    /// The token, or its file as @FILE; without it, or with `-`, it is read from standard input
    pub(crate) token: Option<String>,
    /// The time from which times are told, in seconds since the epoch or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    pub(crate) at: Option<u64>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Open the inspector, a page inside this program, in the browser
    ///
    /// It is served on loopback until Ctrl-C. The token reaches it in the fragment of its address, which
    /// browsers send to nobody. The browser is started with an address that works once and leads there, since
    /// everyone on this machine can read a program's arguments. So prefer @FILE or standard input too.
    #[arg(long, conflicts_with_all = ["at", "json"])]
    pub(crate) web: bool,
}

/// Serve the inspector, a page that shows what a token says and why it would be refused
///
/// The page is inside this program. It is served on loopback only, until Ctrl-C. The first line that is
/// printed is `listening on URL`.
#[derive(Args)]
pub(crate) struct PageArguments {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8459")]
    pub(crate) listen: String,
    /// Serve the page that was built in this folder instead
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// A running local issuer, from which the page can then mint tokens
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: Option<String>,
    /// A token to show, or its file as @FILE, or `-` for standard input
    #[arg(long)]
    pub(crate) token: Option<String>,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
}

/// Verify a token under a policy
///
/// The issuer's keys are fetched from the issuer over https (over http from loopback only, where the
/// policy allows it), unless they are given with `--jwks`. Proxies are taken from the environment.
#[derive(Args)]
#[command(after_help = exit::help())]
pub(crate) struct VerifyArguments {
    /// The token, or its file as @FILE; without it, or with `-`, it is read from standard input
    pub(crate) token: Option<String>,
    /// The policy: JSON, see `countersign policy schema`
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: PathBuf,
    /// The issuer's keys: a key set, or the token's key as a JWK or in PEM; nothing is fetched for this
    /// issuer
    #[arg(long, value_name = "FILE")]
    pub(crate) jwks: Option<PathBuf>,
    /// The issuer whose key set `--jwks` is [default: the one that the policy pins]
    #[arg(long, value_name = "URL", requires = "jwks")]
    pub(crate) issuer: Option<String>,
    /// The time for which to judge, in seconds since the epoch or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    pub(crate) at: Option<u64>,
    /// Show every check with what was expected and found, also those after the first failure
    #[arg(long)]
    pub(crate) explain: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Check policies, and describe their shape
#[derive(Subcommand)]
pub(crate) enum PolicyCommand {
    Check(PolicyCheckArguments),
    /// Print the policy's JSON Schema
    Schema,
}

/// Check a policy: every fault at once, each with its place and remedy
#[derive(Args)]
#[command(after_help = exit::help())]
pub(crate) struct PolicyCheckArguments {
    /// The policy: JSON, see `countersign policy schema`
    #[arg(value_name = "FILE")]
    pub(crate) policy: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Run a local issuer: AWS's side of the federation, for development and tests
///
/// It answers the IAM and STS query API as AWS does, and serves each account's discovery document and
/// key set. Its tokens are signed with keys of its own and are worth nothing elsewhere. The first line
/// it prints is `listening on URL`. It runs until it is interrupted.
#[derive(Args)]
pub(crate) struct IssuerArguments {
    /// Organizations, accounts and principals: TOML [default: a built-in file, see --print-config]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8460")]
    pub(crate) listen: String,
    /// The folder that keeps issuers and keys over restarts [default: they are forgotten]
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
    /// How issuer URLs look [default: as the configuration says]
    #[arg(long, value_name = "FORM")]
    pub(crate) issuer_form: Option<Form>,
    /// Print the configuration that would be used, and exit
    #[arg(long, conflicts_with_all = ["issuer_form", "state"])]
    pub(crate) print_config: bool,
    /// Listen on an address that is not loopback: whoever reaches it can mint tokens as any principal
    #[arg(long)]
    pub(crate) dangerously_allow_non_loopback: bool,
}

/// How issuer URLs look.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// As AWS's own, `https://<label>.tokens.sts.global.api.aws`: verifiers need the key set given
    Aws,
    /// `http://127.0.0.1:<port>/<label>`: verifiers can fetch the keys
    Loopback,
}

impl Form {
    /// The form's name in the configuration.
    pub(crate) fn in_config(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Loopback => "loopback",
        }
    }
}

impl From<IssuerForm> for Form {
    fn from(form: IssuerForm) -> Self {
        match form {
            IssuerForm::Aws => Self::Aws,
            IssuerForm::Loopback => Self::Loopback,
        }
    }
}

/// List all codes, each with its fault, remedy and HTTP status
#[derive(Args)]
pub(crate) struct CodesArguments {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Print a shell's completions
#[derive(Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    pub(crate) shell: Shell,
}

/// Print the man page
#[derive(Args)]
pub(crate) struct ManArguments {
    /// The command whose page to print, such as `policy check` [default: the program's]
    pub(crate) command: Vec<String>,
}
