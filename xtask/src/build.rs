//! From the bindings crate to the packed npm package.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{output, run};
use crate::setup;
use crate::workspace::Workspace;

/// How much effort goes into the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Built quickly.
    Debug,
    /// Built as it is published.
    Release,
}

impl Mode {
    pub(crate) fn from_debug(debug: bool) -> Self {
        if debug { Self::Debug } else { Self::Release }
    }
}

/// Builds everything that the npm package holds, and packs it. Returns the packed file.
pub(crate) fn build(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    setup::wasm_target()?;
    setup::node_packages(workspace, "pkg")?;
    let module = compile(workspace, mode)?;
    let bound = bind(workspace, &module)?;
    if mode == Mode::Release {
        optimize(workspace, &bound)?;
    }
    print_sizes(workspace, &bound)?;
    bundle(workspace)?;
    declare_types(workspace)?;
    let packed = pack(workspace)?;
    println!("packed {}", packed.display());
    Ok(packed)
}

fn compile(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    let (profile, folder) = match mode {
        Mode::Debug => ("dev", "debug"),
        Mode::Release => ("wasm", "wasm"),
    };
    run(workspace
        .cargo("build")
        .args(["--package", "countersign-wasm"])
        .args(["--target", setup::WASM_TARGET, "--profile", profile])
        .env("CARGO_ENCODED_RUSTFLAGS", without_places(workspace)?))?;
    Ok(workspace.cargo_target(&format!("{}/{folder}/countersign_wasm.wasm", setup::WASM_TARGET)))
}

/// Compiler flags that keep this machine's folders out of panic messages: the module is published, and
/// should be the same wherever it is built.
fn without_places(workspace: &Workspace) -> Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("where is Cargo's home?")?;
    let registries = home.join("registry/src");
    let mut places = vec![(workspace.path(""), "countersign/")];
    for registry in fs::read_dir(&registries).with_context(|| registries.display().to_string())? {
        places.push((registry?.path(), "crates"));
    }
    let flags = places
        .iter()
        .map(|(place, name)| format!("--remap-path-prefix={}={name}", place.display()));
    // The separator that Cargo asks for: paths may have spaces.
    Ok(flags.collect::<Vec<_>>().join("\u{1f}"))
}

fn bind(workspace: &Workspace, module: &Path) -> Result<PathBuf> {
    let folder = workspace.path("pkg/build/wasm");
    run(workspace
        .cargo("run")
        .args(["--quiet", "--package", "xtask-bindgen", "--"])
        .arg(module)
        .arg(&folder))?;
    Ok(folder.join("countersign_wasm_bg.wasm"))
}

fn optimize(workspace: &Workspace, module: &Path) -> Result<()> {
    // The features that rustc's own target description switches on.
    run(workspace
        .node_tool("pkg", "wasm-opt")
        .args([
            "-O4",
            "--enable-bulk-memory",
            "--enable-multivalue",
            "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int",
            "--enable-reference-types",
            "--enable-sign-ext",
        ])
        .arg(module)
        .arg("-o")
        .arg(module))
}

fn print_sizes(workspace: &Workspace, module: &Path) -> Result<()> {
    const SCRIPT: &str = "const { readFileSync } = require('node:fs');
        const { gzipSync, brotliCompressSync } = require('node:zlib');
        const raw = readFileSync(process.argv[1]);
        const kb = (bytes) => `${(bytes.length / 1000).toFixed(1)} kB`;
        console.log(`wasm module: ${kb(raw)}, gzip ${kb(gzipSync(raw, { level: 9 }))}, brotli ${kb(brotliCompressSync(raw))}`);";
    run(workspace.node("pkg").args(["-e", SCRIPT]).arg(module))
}

fn bundle(workspace: &Workspace) -> Result<()> {
    let dist = workspace.path("pkg/dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("clearing pkg/dist")?;
    }
    for format in ["esm", "cjs"] {
        run(esbuild(workspace).args([
            "src/index.ts",
            "--sourcemap",
            &format!("--format={format}"),
            &format!("--outfile=dist/{format}/index.js"),
        ]))?;
    }
    // The package is ESM; this makes the folder's .js and .d.ts files CommonJS.
    fs::write(dist.join("cjs/package.json"), "{ \"type\": \"commonjs\" }\n")
        .context("marking CommonJS")
}

/// The bundler for Node, that knows where the WebAssembly module and its bindings are.
pub(crate) fn esbuild(workspace: &Workspace) -> Command {
    let mut esbuild = workspace.node_tool("pkg", "esbuild");
    esbuild.args([
        "--bundle",
        "--platform=node",
        "--target=node20",
        "--log-level=warning",
        "--loader:.wasm=base64",
        "--alias:countersign-bindings/wasm=./build/wasm/countersign_wasm_bg.wasm",
        "--alias:countersign-bindings=./build/wasm/countersign_wasm.js",
        "--alias:countersign-host=./src/node.ts",
    ]);
    esbuild
}

fn declare_types(workspace: &Workspace) -> Result<()> {
    for format in ["esm", "cjs"] {
        run(workspace.node_tool("pkg", "tsc").args([
            "--project",
            "tsconfig.build.json",
            "--outDir",
            &format!("dist/{format}"),
        ]))?;
    }
    Ok(())
}

fn pack(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("pkg");
    fs::create_dir_all(&folder).context("making target/pkg")?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(workspace.path(licence), workspace.path("pkg").join(licence)).context(licence)?;
    }
    let name = output(
        Command::new("npm")
            .current_dir(workspace.path("pkg"))
            .args(["pack", "--silent", "--pack-destination"])
            .arg(&folder),
    )?;
    let packed = folder.join(name.trim());
    if !packed.is_file() {
        bail!("npm pack said {name:?}, and there is no such file");
    }
    Ok(packed)
}
