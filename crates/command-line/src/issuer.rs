//! `countersign issuer`: AWS's side, run until it is interrupted.

mod guide;

use countersign_issuer::{Bind, BindError, Config, DEFAULT_CONFIG, Exposure, base_url};

use crate::args::{Form, IssuerArguments};
use crate::exit::{Exit, Failure};
use crate::host::{Host, IssuerToServe, OpenFault, Request, StateFault};
use crate::input;
use crate::os_fault::OsFault;
use crate::output::{self, Output};
use crate::style::Style;
use guide::Guide;

pub(crate) async fn run(
    arguments: &IssuerArguments,
    host: &Host,
    style: Style,
) -> Result<Output, Failure> {
    let (text, config) = configuration(arguments, host).await?;
    if arguments.print_config {
        return Ok(Output::new(Exit::Accepted, text));
    }
    let bind = Bind::parse(&arguments.listen, exposure(arguments)).map_err(refused_address)?;
    let address = bind.address();
    let address = host.ask(|reply| Request::Listen { address, reply }).await.map_err(|fault| {
        let fault = format!("{} cannot be listened on: {fault}.", arguments.listen);
        Failure::new(Exit::Io, fault, "Choose another port with --listen; port 0 takes a free one.")
    })?;
    let url = base_url(address);
    let state = arguments.state.clone();
    let issuer = IssuerToServe { text: text.clone(), config, url: url.clone(), state };
    let issuers =
        host.ask(|reply| Request::OpenIssuer { issuer, reply }).await.map_err(unopened)?;
    let guide = Guide::read(&text, &url, &issuers);
    output::write_stdout(host, &format!("listening on {url}\n\n{}", guide.render(style))).await?;
    host.ask(|reply| Request::ServeIssuer { reply }).await.map_err(|fault| failed(&fault))?;
    Ok(Output::new(Exit::Accepted, "stopped\n"))
}

fn unopened(fault: OpenFault) -> Failure {
    match fault {
        OpenFault::State(fault) => unusable_state(fault),
        OpenFault::Server(fault) => failed(&fault),
    }
}

fn failed(fault: &OsFault) -> Failure {
    Failure::new(Exit::Io, format!("The issuer's server failed: {fault}."), "Start it again.")
}

/// The configuration as TOML text and checked.
async fn configuration(
    arguments: &IssuerArguments,
    host: &Host,
) -> Result<(String, Config), Failure> {
    let mut text = match &arguments.config {
        Some(path) => input::text_file(host, path).await?,
        None => DEFAULT_CONFIG.to_owned(),
    };
    let mut config = parse(&text)?;
    if let Some(form) = arguments.issuer_form {
        text = with_form(&text, form)?;
        config = parse(&text)?;
    }
    Ok((text, config))
}

fn parse(text: &str) -> Result<Config, Failure> {
    Config::parse(text).map_err(|error| {
        let details = error.faults().iter().map(ToString::to_string).collect();
        Failure::refused("The issuer's configuration cannot be used.".to_owned(), details)
    })
}

/// The same configuration with another form of issuer URLs.
fn with_form(text: &str, form: Form) -> Result<String, Failure> {
    let unreadable = |_| {
        let fault = "The issuer's configuration cannot be used.";
        Failure::new(Exit::Refused, fault, "Set `form` in its section [issuer] instead.")
    };
    let mut file: toml::Table = text.parse().map_err(unreadable)?;
    let settings = file.entry("issuer").or_insert_with(|| toml::Table::new().into());
    if let Some(settings) = settings.as_table_mut() {
        settings.insert("form".to_owned(), form.in_config().into());
    }
    Ok(file.to_string())
}

fn exposure(arguments: &IssuerArguments) -> Exposure {
    if arguments.dangerously_allow_non_loopback {
        Exposure::DangerouslyAllowNonLoopback
    } else {
        Exposure::LoopbackOnly
    }
}

fn unusable_state(StateFault { code, fault, remedy }: StateFault) -> Failure {
    let exit = if code == "state.corrupt" { Exit::Refused } else { Exit::Io };
    Failure::new(exit, fault, remedy)
}

fn refused_address(error: BindError) -> Failure {
    let remedy = match error.code {
        "bind.not_loopback" => {
            "Listen on 127.0.0.1; or, if you mean it, add --dangerously-allow-non-loopback."
        }
        _ => error.remedy,
    };
    Failure::new(Exit::Usage, error.fault, remedy)
}

#[cfg(test)]
mod tests {
    use countersign_issuer::{Config, DEFAULT_CONFIG};

    use super::with_form;
    use crate::args::Form;

    #[test]
    fn the_form_can_be_overridden_in_any_configuration() {
        for text in [DEFAULT_CONFIG, "", "[issuer]\nform = \"loopback\"\n"] {
            let changed = with_form(text, Form::Aws).unwrap();
            let file: toml::Table = changed.parse().unwrap();
            assert_eq!(file["issuer"]["form"].as_str(), Some("aws"));
        }
        assert!(Config::parse(&with_form(DEFAULT_CONFIG, Form::Aws).unwrap()).is_ok());
    }
}
