//! From the bindings crate to the packed npm package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::Mode;
use crate::command::{output, run};
use crate::setup;
use crate::supply;
use crate::wasm::{self, Recipe};
use crate::workspace::Workspace;

/// Builds everything that the npm package holds, and packs it. Returns the packed file.
pub(crate) fn build(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    setup::node_packages(workspace, "pkg")?;
    let module = module(workspace, mode)?;
    let issuer = issuer(workspace, mode)?;
    let command_line = command_line(workspace, mode)?;
    print_sizes(workspace, &[&module, &issuer, &command_line])?;
    bundle(workspace)?;
    fs::copy(&module, workspace.path("pkg/dist/core.wasm")).context("copying the module")?;
    fs::copy(&issuer, workspace.path("pkg/dist/testing.wasm")).context("copying the issuer")?;
    fs::copy(&command_line, workspace.path("pkg/dist/command-line.wasm"))
        .context("copying the command line")?;
    declare_types(workspace)?;
    fs::write(workspace.path("pkg/dist/sbom.cdx.json"), supply::bill_of_npm_package(workspace)?)
        .context("writing the bill of materials")?;
    let packed = pack(workspace)?;
    println!("packed {}", packed.display());
    Ok(packed)
}

pub(crate) fn module(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    wasm::build(workspace, &recipe(mode), &workspace.path("pkg/build/wasm"))
}

/// The module of `countersign/testing`.
pub(crate) fn issuer(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    wasm::build(workspace, &issuer_recipe(mode), &workspace.path("pkg/build/issuer"))
}

/// The module of `npx countersign`.
pub(crate) fn command_line(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    wasm::build(workspace, &command_line_recipe(mode), &workspace.path("pkg/build/command-line"))
}

/// How the module of `npx countersign` is made: as the package's, but that it is never used after a trap.
pub(crate) fn command_line_recipe(mode: Mode) -> Recipe {
    Recipe {
        package: "countersign-wasm-command-line",
        target: "countersign_wasm_command_line",
        bindings: &[],
        ..recipe(mode)
    }
}

/// How the package's module is made.
pub(crate) fn recipe(mode: Mode) -> Recipe {
    Recipe {
        package: "countersign-wasm",
        target: "countersign_wasm",
        profile: mode.profile("wasm"),
        // A trap leaves the instance in an unknown state: the package then starts over with a new one.
        bindings: &["--resettable"],
        builds_std: mode == Mode::Release,
        // After brotli every effort makes it larger: the shorter code repeats itself less.
        effort: &[],
    }
}

/// How the module of `countersign/testing` is made: the local issuer.
pub(crate) fn issuer_recipe(mode: Mode) -> Recipe {
    Recipe {
        package: "countersign-wasm-issuer",
        target: "countersign_wasm_issuer",
        profile: mode.profile("wasm"),
        bindings: &[],
        builds_std: mode == Mode::Release,
        effort: &[],
    }
}

fn print_sizes(workspace: &Workspace, modules: &[&Path]) -> Result<()> {
    const SCRIPT: &str = "const { readFileSync } = require('node:fs');
        const { gzipSync, brotliCompressSync } = require('node:zlib');
        const { basename } = require('node:path');
        const kb = (bytes) => `${(bytes.length / 1000).toFixed(1)} kB`;
        for (const file of process.argv.slice(1)) {
            const raw = readFileSync(file);
            console.log(`${basename(file)}: ${kb(raw)}, gzip ${kb(gzipSync(raw, { level: 9 }))}, brotli ${kb(brotliCompressSync(raw))}`);
        }";
    run(workspace.node("pkg").args(["-e", SCRIPT]).args(modules))
}

fn bundle(workspace: &Workspace) -> Result<()> {
    let dist = workspace.path("pkg/dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("clearing pkg/dist")?;
    }
    for entry in ENTRIES {
        for format in entry.formats {
            let mut esbuild = esbuild(workspace, &entry.module_for(format), entry.host);
            run(esbuild.args([
                &format!("src/{}.ts", entry.source),
                "--sourcemap",
                &format!("--format={format}"),
                &format!("--outfile=dist/{format}/{}.js", entry.name),
            ]))?;
        }
    }
    run(esbuild(workspace, "testing/module-file", NODE).args([
        "countersign=src/command-line/main.ts",
        // Loaded only by runs that need them.
        "src/command-line/fetch.ts",
        "src/command-line/issuer.ts",
        "--external:./fetch.js",
        "--external:./issuer.js",
        "--sourcemap",
        "--format=esm",
        "--outdir=dist/bin",
        "--alias:countersign-command-line-bindings=./build/command-line/countersign_wasm_command_line.js",
    ]))?;
    // The package is ESM; this makes the folder's .js and .d.ts files CommonJS.
    fs::write(dist.join("cjs/package.json"), "{ \"type\": \"commonjs\" }\n")
        .context("marking CommonJS")
}

/// A file of the package that can be imported: sources, where it has the WebAssembly module from, and its host.
struct Entry {
    name: &'static str,
    source: &'static str,
    formats: &'static [&'static str],
    module: &'static str,
    host: &'static str,
}

impl Entry {
    /// Where a file lies is said differently in CommonJS.
    fn module_for(&self, format: &str) -> String {
        let of_format =
            if self.module.ends_with("module-file") && format == "cjs" { "-cjs" } else { "" };
        format!("{}{of_format}", self.module)
    }
}

const BOTH: &[&str] = &["esm", "cjs"];
/// A compiled module can only be imported.
const ESM: &[&str] = &["esm"];

#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    Entry { name: "index", source: "index", formats: BOTH, module: "module-file", host: NODE },
    Entry { name: "inline", source: "index", formats: BOTH, module: INLINE, host: "any-host" },
    Entry { name: "workerd", source: "index", formats: ESM, module: "module-workerd", host: "workerd" },
    Entry { name: "edge-light", source: "index", formats: ESM, module: "module-edge-light", host: "web" },
    Entry { name: "cloudflare", source: "cloudflare", formats: ESM, module: "module-given", host: "web" },
    Entry { name: "slim", source: "slim", formats: BOTH, module: "module-given", host: "slim-host" },
    framework("frameworks/fetch"),
    framework("frameworks/express"),
    framework("frameworks/fastify"),
    framework("frameworks/hono"),
    framework("frameworks/koa"),
    framework("frameworks/next"),
    framework("frameworks/lambda"),
    Entry { name: "testing", source: "testing", formats: BOTH, module: "testing/module-file", host: NODE },
    Entry { name: "testing-inline", source: "testing", formats: ESM, module: "testing/module-inline", host: "any-host" },
    Entry { name: "testing-workerd", source: "testing", formats: ESM, module: "testing/module-workerd", host: "web" },
    Entry { name: "errors", source: "errors", formats: BOTH, module: "module-given", host: "web" },
];

/// An adapter: it takes a verifier, and so brings no WebAssembly.
const fn framework(name: &'static str) -> Entry {
    Entry { name, source: name, formats: BOTH, module: "module-given", host: "web" }
}

/// What takes the WebAssembly module from within the code.
const INLINE: &str = "module-inline";
const NODE: &str = "node";

/// The bundler for the package's own tests, which run in Node on its sources.
pub(crate) fn esbuild_for_tests(workspace: &Workspace) -> Command {
    esbuild(workspace, INLINE, NODE)
}

/// The bundler, that knows where the WebAssembly module and its bindings are. The module and what is the host's own
/// come from these sources of the package.
fn esbuild(workspace: &Workspace, module: &str, host: &str) -> Command {
    let mut esbuild = workspace.node_tool("pkg", "esbuild");
    esbuild.args([
        "--bundle",
        // For others than Node an import of anything that is Node's is an error here already.
        if host == NODE { "--platform=node" } else { "--platform=neutral" },
        if host == NODE { "--target=node20" } else { "--target=es2022" },
        "--log-level=warning",
        "--loader:.wasm=base64",
        // As it is written: from `dist/esm` it leads to the file, as from `src` it would.
        "--external:../core.wasm",
        "--external:../core.wasm?module",
        "--external:../testing.wasm",
        // The runtime's own.
        "--external:cloudflare:workers",
        "--alias:countersign-bindings/wasm=./build/wasm/countersign_wasm_bg.wasm",
        "--alias:countersign-bindings=./build/wasm/countersign_wasm.js",
        "--alias:countersign-cryptography=./src/cryptography.ts",
        "--alias:countersign-issuer-bindings/wasm=./build/issuer/countersign_wasm_issuer_bg.wasm",
        "--alias:countersign-issuer-bindings=./build/issuer/countersign_wasm_issuer.js",
        "--alias:countersign-rsa-keys=./src/testing/rsa-keys.ts",
    ]);
    esbuild.arg(format!("--alias:countersign-module=./src/{module}.ts"));
    esbuild.arg(format!("--alias:countersign-host=./src/{host}.ts"));
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
