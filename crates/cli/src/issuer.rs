//! `countersign issuer`: AWS's side, run until it is interrupted.

mod guide;

use std::net::TcpListener;
use std::sync::Arc;

use countersign_issuer::{
    Bind, BindError, Config, DEFAULT_CONFIG, Exposure, Server, StateError, base_url, serve,
};

use crate::args::{Form, IssuerArguments};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::interruption::Interruptions;
use crate::output::{self, Output};
use crate::style::Style;
use guide::Guide;

pub(crate) fn run(arguments: &IssuerArguments, style: Style) -> Result<Output, Failure> {
    let (text, config) = configuration(arguments)?;
    if arguments.print_config {
        return Ok(Output::new(Exit::Accepted, text));
    }
    let bind = Bind::parse(&arguments.listen, exposure(arguments)).map_err(refused_address)?;
    let unavailable = |error: std::io::Error| {
        let fault = format!("{} cannot be listened on: {error}.", arguments.listen);
        Failure::new(Exit::Io, fault, "Choose another port with --listen; port 0 takes a free one.")
    };
    let listener = TcpListener::bind(bind.address()).map_err(unavailable)?;
    listener.set_nonblocking(true).map_err(unavailable)?;
    let url = base_url(listener.local_addr().map_err(unavailable)?);
    let server = Server::open(config, &url, arguments.state.as_deref())
        .map_err(|error| unusable_state(&error))?;
    let guide = Guide::read(&text, &url, &server.issuers());
    let greeting = format!("listening on {url}\n\n{}", guide.render(style));
    let failed = |error: std::io::Error| {
        let fault = format!("The issuer's server failed: {error}.");
        Failure::new(Exit::Io, fault, "Start it again.")
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(failed)?.block_on(async {
        // Listened for before the first line is printed, so that whoever reads it can end the issuer.
        let mut first = Interruptions::listen().map_err(failed)?;
        let mut second = Interruptions::listen().map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        output::write_stdout(&greeting)?;
        let finish = async move { first.next().await };
        let abandon = async {
            second.next().await;
            second.next().await;
        };
        // The first request lets the answers at hand be finished; the second does not wait for them.
        tokio::select! {
            served = serve(listener, Arc::new(server), finish) => served.map_err(failed),
            () = abandon => Ok(()),
        }
    })?;
    Ok(Output::new(Exit::Accepted, "stopped\n"))
}

/// The configuration as TOML text and checked.
fn configuration(arguments: &IssuerArguments) -> Result<(String, Config), Failure> {
    let mut text = match &arguments.config {
        Some(path) => input::text_file(path)?,
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

fn unusable_state(error: &StateError) -> Failure {
    let exit = if error.code == "state.corrupt" { Exit::Refused } else { Exit::Io };
    Failure::new(exit, error.fault.clone(), error.remedy)
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
