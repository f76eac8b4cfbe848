//! The crates that others use: packed as a registry would have them, and what they let others use written down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{output, run};
use crate::steps::{Done, Steps};
use crate::workspace::Workspace;

/// A crate that is published.
struct Published {
    name: &'static str,
    folder: &'static str,
    /// Whether others build with it, and its interface is held.
    is_library: bool,
}

/// In the order in which they are published: each after what it depends on.
const PUBLISHED: [Published; 6] = [
    Published { name: "countersign-encoding", folder: "crates/encoding", is_library: true },
    Published { name: "countersign-signatures", folder: "crates/signatures", is_library: true },
    Published { name: "countersign", folder: "crates/core", is_library: true },
    Published { name: "countersign-issuer", folder: "crates/issuer", is_library: true },
    Published {
        name: "countersign-command-line",
        folder: "crates/command-line",
        is_library: false,
    },
    Published { name: "countersign-cli", folder: "crates/cli", is_library: false },
];

/// What each package holds besides its sources.
const IN_EACH: [&str; 4] = ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// The version of Rust whose rustdoc `xtask-public-api` reads.
const RUST: &str = "rustc 1.95.";

/// Both steps, and nothing else; with `write` interfaces are written down anew instead.
pub(crate) fn crates(workspace: &Workspace, write: bool) -> Result<()> {
    if write {
        return match interfaces(workspace, write)? {
            Done::Fully => Ok(()),
            Done::Skipped(reason) => bail!(reason),
        };
    }
    let mut steps = Steps::default();
    add_steps(workspace, &mut steps);
    steps.finish()
}

/// The checks as steps of a larger run.
pub(crate) fn add_steps(workspace: &Workspace, steps: &mut Steps) {
    steps.step("crates as they are published", || packages(workspace));
    steps.step_or_skip("interfaces of the crates", || interfaces(workspace, false));
}

/// Packs the crates, and compiles each from its package with those of the others.
fn packages(workspace: &Workspace) -> Result<()> {
    only_these_are_published(workspace)?;
    let mut cargo = workspace.cargo("package");
    for Published { name, .. } in &PUBLISHED {
        cargo.args(["--package", name]);
        let list = output(workspace.cargo("package").args([
            "--list",
            "--allow-dirty",
            "--package",
            name,
        ]))?;
        let missing: Vec<&str> =
            IN_EACH.into_iter().filter(|file| !list.lines().any(|line| line == *file)).collect();
        if !missing.is_empty() {
            bail!("the package of {name} lacks {}", missing.join(", "));
        }
    }
    // Cargo's own verification takes a dependency of the same version as before for the same one, whatever is in it.
    run(cargo.args(["--quiet", "--allow-dirty", "--no-verify"]))?;
    compile(workspace)
}

/// Compiles what was packed, and nothing that lies beside it in the repository.
fn compile(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target("published");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("clearing the packages of before")?;
    }
    fs::create_dir_all(&folder).context("making a folder for the packages")?;
    let mut members = String::new();
    let mut patches = String::new();
    for Published { name, .. } in &PUBLISHED {
        let unpacked = format!("{name}-{}", env!("CARGO_PKG_VERSION"));
        let packed = workspace.cargo_target("package").join(format!("{unpacked}.crate"));
        // As new files: all that is packed has one time, and would be taken for unchanged.
        run(Command::new("tar").current_dir(&folder).args(["-xzmf"]).arg(packed))?;
        members += &format!("{unpacked:?}, ");
        patches += &format!("{name} = {{ path = {unpacked:?} }}\n");
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[patch.crates-io]\n{patches}"
    );
    fs::write(folder.join("Cargo.toml"), manifest).context("writing a workspace of packages")?;
    // Its versions; what only others in the repository need is taken out, so it cannot be `--locked`.
    fs::copy(workspace.path("Cargo.lock"), folder.join("Cargo.lock")).context("Cargo.lock")?;
    run(Command::new("cargo")
        .current_dir(&folder)
        .args(["check", "--workspace", "--quiet", "--offline"])
        .env("CARGO_TARGET_DIR", workspace.cargo_target("published-built")))
}

/// Whatever else is in the workspace says `publish = false`.
fn only_these_are_published(workspace: &Workspace) -> Result<()> {
    let ids =
        output(workspace.cargo("tree").args(["--workspace", "--depth", "0", "--prefix", "none"]))?;
    for line in ids.lines().filter(|line| !line.is_empty()) {
        let (Some(name), Some(place)) = (line.split(' ').next(), line.split(['(', ')']).nth(1))
        else {
            bail!("cargo tree says {line:?}");
        };
        let manifest =
            fs::read_to_string(Path::new(place).join("Cargo.toml")).context(line.to_owned())?;
        let is_kept = manifest.lines().any(|line| line == "publish = false");
        let is_published = PUBLISHED.iter().any(|published| published.name == name);
        if is_kept == is_published {
            bail!(
                "{name} is published by its Cargo.toml, or by xtask/src/crates.rs, and not by both"
            );
        }
    }
    Ok(())
}

/// Compares what each library lets others use with `public-api.txt` beside it.
fn interfaces(workspace: &Workspace, write: bool) -> Result<Done> {
    let version = output(Command::new("rustc").arg("--version"))?;
    if !version.starts_with(RUST) {
        return Ok(Done::Skipped(format!("{} writes another form than {RUST}x", version.trim())));
    }
    let mut changed = Vec::new();
    for Published { name, folder, .. } in PUBLISHED.iter().filter(|published| published.is_library)
    {
        let interface = interface(workspace, name)?;
        let path = workspace.path(folder).join("public-api.txt");
        if write {
            fs::write(&path, interface).with_context(|| path.display().to_string())?;
            continue;
        }
        let there = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (before, now) = (lines(&there), lines(&interface));
        for line in before.iter().filter(|line| !now.contains(line)) {
            println!("- {line}");
        }
        for line in now.iter().filter(|line| !before.contains(line)) {
            println!("+ {line}");
        }
        println!("{name}: {} items", now.len());
        if before != now {
            changed.push(*name);
        }
    }
    if changed.is_empty() {
        return Ok(Done::Fully);
    }
    bail!(
        "the interface of {} is another one: if that is meant, `cargo xtask crates --write`, and a line in CHANGELOG.md",
        changed.join(", ")
    )
}

fn interface(workspace: &Workspace, name: &str) -> Result<String> {
    // Of its own: what is told to be unstable has much of what it depends on built again.
    let target = workspace.cargo_target("interfaces");
    run(workspace
        .cargo("rustdoc")
        .args(["--quiet", "--package", name, "--lib", "--all-features", "--target-dir"])
        .arg(&target)
        .args(["--", "-Zunstable-options", "--output-format", "json", "--cfg", "docsrs"])
        // JSON is unstable, so this rustdoc has to be told that it is meant.
        .env("RUSTC_BOOTSTRAP", "1"))?;
    let json: PathBuf = target.join(format!("doc/{}.json", name.replace('-', "_")));
    output(
        workspace.cargo("run").args(["--quiet", "--package", "xtask-public-api", "--"]).arg(json),
    )
}
