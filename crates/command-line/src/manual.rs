//! `countersign man` and `countersign completions`, made from the command line's own shape.

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::Cli;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(crate) fn completions(shell: Shell) -> Output {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "countersign", &mut text);
    Output::new(Exit::Accepted, String::from_utf8_lossy(&text))
}

/// The page of a command, named by its words on the command line; of the program without any.
pub(crate) fn page(words: &[String]) -> Result<Output, Failure> {
    let mut root = Cli::command();
    root.build();
    let found = words.iter().try_fold(&root, |command, word| command.find_subcommand(word));
    let command = found.cloned().ok_or_else(|| {
        let fault = format!("There is no command '{}'.", words.join(" "));
        Failure::new(Exit::Usage, fault, "`countersign help` lists the commands.")
    })?;
    let mut text = Vec::new();
    render(command, &mut text).map_err(|error| {
        let fault = format!("The page cannot be written: {error}.");
        Failure::new(Exit::Io, fault, "Read `countersign help` instead.")
    })?;
    Ok(Output::new(Exit::Accepted, String::from_utf8_lossy(&text)))
}

fn render(command: Command, text: &mut Vec<u8>) -> std::io::Result<()> {
    let has_commands = command.has_subcommands();
    let man = Man::new(command)
        .source(concat!("countersign ", env!("CARGO_PKG_VERSION")))
        .manual("Countersign");
    man.render_title(text)?;
    man.render_name_section(text)?;
    man.render_synopsis_section(text)?;
    man.render_description_section(text)?;
    man.render_options_section(text)?;
    if has_commands {
        man.render_subcommands_section(text)?;
    }
    let mut exits = Roff::new();
    exits.control("SH", ["EXIT STATUS"]);
    for exit in Exit::ALL {
        exits.control("TP", []);
        exits.text([roman(exit.code().to_string())]);
        exits.text([roman(exit.meaning())]);
    }
    exits.to_writer(text)
}
