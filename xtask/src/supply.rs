//! The supply chain: what is built with, whether the same sources always give the same bytes, and the bills of
//! materials of what is published.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::Mode;
use crate::command::{output, run, succeeds};
use crate::package;
use crate::setup::WASM_TARGET;
use crate::steps::{Done, Steps};
use crate::wasm;
use crate::workspace::Workspace;

const CARGO_DENY: &str = "0.20.2";

/// Runs all of it; with `advisories` also what needs a database from the network.
pub(crate) fn supply(workspace: &Workspace, advisories: bool) -> Result<()> {
    let mut steps = Steps::default();
    add_steps(workspace, &mut steps);
    if advisories {
        steps.step_or_skip("advisories about crates", || deny(workspace, &["advisories"]));
    }
    steps.finish()
}

/// The checks as steps of a larger run.
pub(crate) fn add_steps(workspace: &Workspace, steps: &mut Steps) {
    steps.step_or_skip("licences and sources of crates", || {
        deny(workspace, &["licenses", "bans", "sources"])
    });
    steps.step("the module, built elsewhere, is the same", || reproduce(workspace));
    steps.step("bills of materials", || bills(workspace));
}

/// `cargo deny`, by the rules in deny.toml.
fn deny(workspace: &Workspace, checks: &[&str]) -> Result<Done> {
    let tools = workspace.target("tools");
    let here = tools.join("bin/cargo-deny");
    let install = format!("cargo install cargo-deny --locked --version {CARGO_DENY}");
    let program = if here.is_file() {
        here
    } else if succeeds(Command::new("cargo-deny").arg("--version")) {
        "cargo-deny".into()
    } else if env::var_os("CI").is_some_and(|ci| ci == "true") {
        println!("setup: {install}");
        output(
            workspace
                .cargo("install")
                .args(["cargo-deny", "--root"])
                .arg(&tools)
                // It reads a few files: what a slower program takes longer is made up for by building it.
                .args(["--version", CARGO_DENY, "--debug"]),
        )?;
        here
    } else {
        return Ok(Done::Skipped(format!("cargo-deny is not installed: {install}")));
    };
    run(Command::new(program)
        .current_dir(workspace.path(""))
        .args(["--locked", "check", "--hide-inclusion-graph"])
        .args(checks))?;
    Ok(Done::Fully)
}

/// Builds the modules of the npm package from a copy of the sources in another folder, with nothing built
/// before, and compares them with those that are packed. Once is enough for the same modules.
fn reproduce(workspace: &Workspace) -> Result<()> {
    let [core, issuer, command_line] = [
        package::module(workspace, Mode::Release)?,
        package::issuer(workspace, Mode::Release)?,
        package::command_line(workspace, Mode::Release)?,
    ];
    let reproduced = ["reproduced.wasm", "reproduced-issuer.wasm", "reproduced-command-line.wasm"]
        .map(|file| workspace.target(file));
    let packed = [fs::read(core)?, fs::read(issuer)?, fs::read(command_line)?];
    if packed
        .iter()
        .zip(&reproduced)
        .all(|(now, before)| fs::read(before).ok().as_ref() == Some(now))
    {
        println!("these very modules were built elsewhere before");
        return Ok(());
    }
    let elsewhere = workspace.target("built elsewhere");
    if elsewhere.exists() {
        fs::remove_dir_all(&elsewhere).context("clearing the copy of before")?;
    }
    let sources = elsewhere.join("sources");
    workspace.copy_sources("", &sources)?;
    // Its tools are no part of the question.
    let copy = Workspace::copied_to(sources, elsewhere.join("made"));
    let recipes = [
        package::recipe(Mode::Release),
        package::issuer_recipe(Mode::Release),
        package::command_line_recipe(Mode::Release),
    ];
    for ((recipe, first), reproduced) in recipes.iter().zip(packed).zip(reproduced) {
        let again = wasm::build_copy(workspace, &copy, recipe, &elsewhere.join("module"))?;
        if first != fs::read(&again)? {
            bail!("{} is another one than what is packed", again.display());
        }
        println!("{} bytes, twice the same", first.len());
        fs::write(&reproduced, &first).context("keeping what was reproduced")?;
    }
    fs::remove_dir_all(&elsewhere).context("clearing the copy")
}

/// What is published, of which package, and for which target.
const PUBLISHED: [(&str, &str, &[&str], &str); 3] = [
    (
        "npm",
        "countersign",
        &["countersign-wasm", "countersign-wasm-issuer", "countersign-wasm-command-line"],
        WASM_TARGET,
    ),
    ("generic", "countersign-page", &["countersign-web"], WASM_TARGET),
    ("cargo", "countersign-cli", &["countersign-cli"], "all"),
];

fn bills(workspace: &Workspace) -> Result<()> {
    for (kind, name, packages, target) in PUBLISHED {
        let bill = bill(workspace, kind, name, packages, target)?;
        let mut linked = String::new();
        for package in packages {
            linked += &output(
                workspace.cargo("tree").args(["--package", package, "--target", target]).args([
                    "--edges",
                    "normal,no-proc-macro",
                    "--prefix",
                    "none",
                    "--format",
                    "cargo:{p}",
                ]),
            )?;
        }
        for line in linked.lines() {
            let mut words = line.split(' ');
            let (Some(of), Some(version)) = (words.next(), words.next()) else { continue };
            let reference = format!("\"bom-ref\": \"{of}@{}\"", version.trim_start_matches('v'));
            if !bill.contains(&reference) {
                bail!("the bill of {name} lacks {reference}");
            }
        }
        let path = workspace.target("sbom").join(format!("{name}.cdx.json"));
        fs::create_dir_all(workspace.target("sbom"))?;
        fs::write(&path, &bill)?;
        println!("{}: {} crates", path.display(), bill.matches("\"bom-ref\": \"cargo:").count());
    }
    Ok(())
}

/// The bill of materials of the npm package, for the packed file.
pub(crate) fn bill_of_npm_package(workspace: &Workspace) -> Result<String> {
    let [(kind, name, packages, target), ..] = PUBLISHED;
    bill(workspace, kind, name, packages, target)
}

fn bill(
    workspace: &Workspace,
    kind: &str,
    name: &str,
    packages: &[&str],
    target: &str,
) -> Result<String> {
    let mut bill = output(
        workspace
            .cargo("run")
            .args(["--quiet", "--package", "xtask-sbom", "--", name, kind, target])
            .args(packages),
    )?;
    bill.push('\n');
    Ok(bill)
}
