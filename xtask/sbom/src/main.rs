//! `xtask-sbom NAME PURL-TYPE TARGET PACKAGE...`: prints a bill of materials (CycloneDX 1.5, JSON) of what is
//! published under this name, made of these packages of the workspace for this target.
//!
//! It names what is linked in, nothing that only runs while building; and no time and no serial number, so
//! that the same sources always give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use cyclonedx_bom::external_models::spdx::SpdxExpression;
use cyclonedx_bom::models::component::{Classification, Component, Components};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::prelude::{Bom, Purl, SpecVersion, Validate};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, kind, target, first, others @ ..] = arguments.as_slice() else {
        bail!("which name, kind of package, target and packages?");
    };
    let mut tree = Tree::of(first, target)?;
    for package in others {
        tree.add(Tree::of(package, target)?);
    }
    let bom = bom(name, kind, &tree, &checksums()?)?;
    let result = bom.validate_version(SpecVersion::V1_5);
    if result.has_errors() {
        bail!("the bill of materials is not valid: {result:?}");
    }
    bom.output_as_json(&mut io::stdout(), SpecVersion::V1_5)
        .context("printing the bill of materials")
}

/// A crate, as Cargo names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    licence: String,
}

/// What is linked in, and by what.
struct Tree {
    root: Crate,
    /// Those of other trees that were added.
    other_roots: Vec<Crate>,
    needs: BTreeMap<Crate, BTreeSet<Crate>>,
}

impl Tree {
    fn of(package: &str, target: &str) -> Result<Self> {
        let output = Command::new("cargo")
            .args(["tree", "--locked", "--package", package, "--target", target])
            .args(["--edges", "normal,no-proc-macro", "--no-dedupe"])
            .args(["--prefix", "depth", "--format", "|{p}|{l}"])
            .current_dir(root())
            .output()
            .context("running cargo tree")?;
        if !output.status.success() {
            bail!("cargo tree: {}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8(output.stdout).context("cargo tree's output")?;
        let mut needs: BTreeMap<Crate, BTreeSet<Crate>> = BTreeMap::new();
        let mut above: Vec<Crate> = Vec::new();
        for line in text.lines() {
            let (depth, of) = parse(line).with_context(|| format!("cargo tree said {line:?}"))?;
            above.truncate(depth);
            if let Some(parent) = above.last() {
                needs.entry(parent.clone()).or_default().insert(of.clone());
            }
            needs.entry(of.clone()).or_default();
            above.push(of);
        }
        let root = above.into_iter().next().context("cargo tree said nothing")?;
        Ok(Self { root, other_roots: Vec::new(), needs })
    }

    fn add(&mut self, other: Self) {
        self.other_roots.push(other.root);
        for (of, needed) in other.needs {
            self.needs.entry(of).or_default().extend(needed);
        }
    }
}

/// A line such as `2|base64 v0.22.1|MIT OR Apache-2.0`.
fn parse(line: &str) -> Option<(usize, Crate)> {
    let mut parts = line.split('|');
    let depth = parts.next()?.parse().ok()?;
    let mut package = parts.next()?.split(' ');
    let (name, version) = (package.next()?, package.next()?.strip_prefix('v')?);
    // The older way of writing "or".
    let licence = parts.next()?.replace('/', " OR ");
    Some((depth, Crate { name: name.to_owned(), version: version.to_owned(), licence }))
}

fn bom(name: &str, kind: &str, tree: &Tree, checksums: &Checksums) -> Result<Bom> {
    let components = tree.needs.keys().map(|of| component(of, checksums)).collect::<Result<_>>()?;
    let mut whole = Component::new(
        Classification::Application,
        name,
        &tree.root.version,
        Some(format!("{kind}:{name}")),
    );
    whole.purl = Some(Purl::new(kind, name, &tree.root.version)?);
    whole.licenses = Some(licences(&tree.root.licence)?);
    let of_all = tree.needs.iter().map(|(of, needed)| Dependency {
        dependency_ref: reference(of),
        dependencies: needed.iter().map(reference).collect(),
    });
    let of_whole = Dependency {
        dependency_ref: format!("{kind}:{name}"),
        dependencies: [&tree.root].into_iter().chain(&tree.other_roots).map(reference).collect(),
    };
    let metadata = Metadata {
        timestamp: None,
        tools: None,
        authors: None,
        component: Some(whole),
        manufacture: None,
        supplier: None,
        licenses: None,
        properties: None,
        lifecycles: None,
    };
    Ok(Bom {
        version: 1,
        spec_version: SpecVersion::V1_5,
        serial_number: None,
        metadata: Some(metadata),
        components: Some(Components(components)),
        dependencies: Some(Dependencies([of_whole].into_iter().chain(of_all).collect())),
        services: None,
        external_references: None,
        compositions: None,
        properties: None,
        vulnerabilities: None,
        signature: None,
        annotations: None,
        formulation: None,
    })
}

fn component(of: &Crate, checksums: &Checksums) -> Result<Component> {
    let mut component =
        Component::new(Classification::Library, &of.name, &of.version, Some(reference(of)));
    component.purl = Some(Purl::new("cargo", &of.name, &of.version)?);
    component.licenses = Some(licences(&of.licence)?);
    // The crates of this workspace have none.
    component.hashes = checksums.get(&(of.name.clone(), of.version.clone())).map(|sum| {
        Hashes(vec![Hash { alg: HashAlgorithm::SHA_256, content: HashValue(sum.clone()) }])
    });
    Ok(component)
}

fn reference(of: &Crate) -> String {
    format!("cargo:{}@{}", of.name, of.version)
}

fn licences(expression: &str) -> Result<Licenses> {
    let expression = SpdxExpression::try_from(expression.to_owned())
        .with_context(|| format!("{expression:?} is no licence expression"))?;
    Ok(Licenses(vec![LicenseChoice::Expression(expression)]))
}

/// SHA-256 of what the registry gave, by name and version.
type Checksums = BTreeMap<(String, String), String>;

fn checksums() -> Result<Checksums> {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock"))?.parse()?;
    let packages = lock.get("package").and_then(|packages| packages.as_array());
    let text = |package: &toml::Value, name: &str| {
        package.get(name).and_then(|value| value.as_str()).map(str::to_owned)
    };
    Ok(packages
        .context("Cargo.lock names packages")?
        .iter()
        .filter_map(|package| {
            let key = (text(package, "name")?, text(package, "version")?);
            Some((key, text(package, "checksum")?))
        })
        .collect())
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
