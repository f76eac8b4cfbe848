// The packed package as its users get it: COUNTERSIGN_TARBALL is the packed file, and
// COUNTERSIGN_TARBALL_DIR a folder in which it was installed and nothing else.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const tarball = required("COUNTERSIGN_TARBALL");
const installed = required("COUNTERSIGN_TARBALL_DIR");
const tests = import.meta.dirname;
const consumer = join(installed, "consumer");
const ROLE = "arn:aws:iam::123456789012:role/service/billing";

cpSync(join(tests, "consumer"), consumer, { recursive: true });

function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run these tests by cargo xtask test`);
  return value;
}

function run(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: consumer, encoding: "utf8" });
  } catch (error) {
    return assert.fail(`${program} ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}

function tool(name, ...args) {
  return run(join(tests, "node_modules/.bin", name), ...args);
}

function typescript(name, files, options) {
  const project = join(consumer, `tsconfig.${name}.json`);
  const compilerOptions = {
    target: "ES2022",
    strict: true,
    // The package's own declarations are checked as well.
    skipLibCheck: false,
    lib: ["ES2022", "DOM"],
    types: ["node"],
    typeRoots: [join(tests, "node_modules/@types")],
    ...options,
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  return tool("tsc", "--project", project);
}

test("node16: types from ESM and CommonJS are right, and what TypeScript makes of them runs", () => {
  const outDir = join(consumer, "out");
  mkdirSync(outDir, { recursive: true });
  typescript("node16", ["esm.mts", "cjs.cts", "types.mts"], { module: "node16", outDir });
  assert.equal(run("node", join(outDir, "esm.mjs")).trim(), ROLE);
  assert.equal(run("node", join(outDir, "cjs.cjs")).trim(), ROLE);
  assert.match(readFileSync(join(outDir, "cjs.cjs"), "utf8"), /require\("countersign"\)/);
});

test("bundler: types are right", () => {
  typescript("bundler", ["esm.mts", "types.mts"], {
    module: "esnext",
    moduleResolution: "bundler",
    noEmit: true,
  });
});

test("types need neither the DOM's nor Node's declarations", () => {
  writeFileSync(
    join(consumer, "bare.mts"),
    `import { createVerifier } from "countersign";
     import { isCountersignError } from "countersign/errors";
     import { provideModule } from "countersign/slim";
     import { createTestIssuer } from "countersign/testing";
     createVerifier({ audience: "a", trust: [] }, { fetch: createTestIssuer().fetch });
     export const verifier = createVerifier({ audience: "a", trust: [] });
     provideModule(new Uint8Array());
     try { verifier.verifySync(""); } catch (error) { if (isCountersignError(error)) error.message; }`,
  );
  typescript("bare", ["bare.mts"], { module: "node16", noEmit: true, lib: ["ES2022"], types: [] });
});

test("types of adapters need no framework's declarations, and of most no host's", () => {
  const using = (names) => names.map((name) => `export * as ${name} from "countersign/${name}";`).join("\n");
  const bare = ["express", "fastify", "koa", "lambda"];
  const all = [...bare, "fetch", "hono", "next"];
  for (const extension of ["mts", "cts"]) {
    writeFileSync(join(consumer, `bare-adapters.${extension}`), using(bare));
    writeFileSync(join(consumer, `adapters.${extension}`), using(all));
  }
  const files = (name) => [`${name}.mts`, `${name}.cts`];
  typescript("bare-adapters", files("bare-adapters"), { module: "node16", noEmit: true, lib: ["ES2022"], types: [] });
  typescript("adapters", files("adapters"), { module: "node16", noEmit: true, lib: ["ES2022", "DOM"], types: [] });
  typescript("adapters-of-node", files("adapters"), { module: "node16", noEmit: true, lib: ["ES2022"] });
});

test("each sample is five lines", () => {
  for (const sample of ["esm.mts", "cjs.cts"]) {
    assert.equal(readFileSync(join(consumer, sample), "utf8").trim().split("\n").length, 5);
  }
});

test("the package brings nothing else along", () => {
  assert.deepEqual(
    readdirSync(join(installed, "node_modules")).filter((name) => !name.startsWith(".")),
    ["countersign"],
  );
  const manifest = JSON.parse(readFileSync(join(installed, "node_modules/countersign/package.json"), "utf8"));
  for (const kind of ["dependencies", "optionalDependencies", "bundleDependencies", "bundledDependencies"]) {
    assert.equal(manifest[kind], undefined, kind);
  }
  // Frameworks whose types ours refer to, wherever they are installed.
  for (const peer of Object.keys(manifest.peerDependencies)) {
    assert.equal(manifest.peerDependenciesMeta[peer].optional, true, peer);
  }
  assert.equal(manifest.scripts, undefined);
  // Three modules, of which a process loads one, and two of them once more in base64.
  assert.ok(statSync(tarball).size < 3_200_000, "the packed size");
});

test("npm packs and installs it without a warning", () => {
  const empty = mkdtempSync(join(tmpdir(), "countersign-install-"));
  writeFileSync(join(empty, "package.json"), '{ "private": true }\n');
  for (const [cwd, ...args] of [
    [empty, "install", "--no-audit", "--no-fund", tarball],
    [join(tests, "../../pkg"), "pack", "--dry-run", "--json"],
  ]) {
    const { status, stderr } = spawnSync("npm", [...args, "--loglevel=warn"], { cwd, encoding: "utf8" });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  }
  rmSync(empty, { recursive: true });
});

test("the package holds what contents.txt names, and nothing else", () => {
  const [{ files }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: join(tests, "../../pkg"), encoding: "utf8" }),
  );
  const expected = readFileSync(join(tests, "contents.txt"), "utf8").trim().split("\n");
  assert.deepEqual(files.map(({ path }) => path).sort(), expected);
});

test("the bill of materials names what the module is made of", () => {
  const bill = JSON.parse(readFileSync(join(installed, "node_modules/countersign/dist/sbom.cdx.json"), "utf8"));
  assert.equal(bill.bomFormat, "CycloneDX");
  const crates = new Map(bill.components.map((component) => [component.name, component]));
  for (const name of ["countersign", "countersign-encoding", "countersign-issuer", "countersign-signatures", "sha2", "p384", "clap"]) {
    assert.match(crates.get(name)?.purl ?? "", new RegExp(`^pkg:cargo/${name}@`));
  }
  // Ours come from no registry.
  const unhashed = bill.components.filter(({ hashes }) => hashes === undefined).map(({ name }) => name);
  assert.deepEqual(unhashed.sort(), [
    "countersign",
    "countersign-command-line",
    "countersign-encoding",
    "countersign-issuer",
    "countersign-signatures",
    "countersign-wasm",
    "countersign-wasm-command-line",
    "countersign-wasm-issuer",
  ]);
});

test("no published file names a place on the machine that built it", () => {
  const root = join(installed, "node_modules/countersign");
  const files = readdirSync(root, { recursive: true }).filter((file) => statSync(join(root, file)).isFile());
  assert.ok(files.includes("README.md"));
  const places = [process.env.HOME, join(tests, "../.."), "registry/src"].filter(Boolean);
  for (const file of files) {
    const text = readFileSync(join(root, file), "latin1");
    // Panic messages name source files, and the modules lie in bundles as base64.
    const module = /"([A-Za-z0-9+/=]{100000,})"/.exec(text)?.[1];
    assert.equal(module !== undefined, file.endsWith("inline.js"), file);
    const inside = Buffer.from(module ?? "", "base64").toString("latin1");
    for (const place of places) {
      assert.ok(!text.includes(`${place}/`) && !inside.includes(`${place}/`), `${file} names ${place}`);
    }
  }
});

test("the command line is a program, with a module of its own that nothing else loads", () => {
  const root = join(installed, "node_modules/countersign");
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual(bin, { countersign: "dist/bin/countersign.js" });
  assert.match(readFileSync(join(root, bin.countersign), "utf8"), /^#!\/usr\/bin\/env node\n/);
  assert.ok(WebAssembly.validate(readFileSync(join(root, "dist/command-line.wasm"))));
  const naming = readdirSync(join(root, "dist"), { recursive: true }).filter(
    (file) => file.endsWith(".js") && readFileSync(join(root, "dist", file), "utf8").includes("command-line.wasm"),
  );
  assert.deepEqual(naming, ["bin/countersign.js"]);
  const { stdout, stderr, status } = spawnSync("npx", ["countersign", "--version"], { cwd: installed, encoding: "utf8" });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual({ stdout, stderr, status }, { stdout: `countersign ${version}\n`, stderr: "", status: 0 });
});

test("there is one module of each kind, as a file and within the code", () => {
  const root = join(installed, "node_modules/countersign/dist");
  for (const [module, ...bundles] of [
    ["core.wasm", "esm/inline.js", "cjs/inline.js"],
    ["testing.wasm", "esm/testing-inline.js"],
  ]) {
    const file = readFileSync(join(root, module));
    assert.ok(WebAssembly.validate(file));
    for (const bundle of bundles) {
      const inside = /"([A-Za-z0-9+/=]{100000,})"/.exec(readFileSync(join(root, bundle), "utf8"))?.[1];
      assert.ok(Buffer.from(inside ?? "", "base64").equals(file), bundle);
    }
  }
});

test("the entry with the module inside does the same, in ESM and in CommonJS", () => {
  const inline = (text) => text.replaceAll('"countersign"', '"countersign/inline"');
  writeFileSync(join(consumer, "inline.mts"), inline(readFileSync(join(tests, "consumer/esm.mts"), "utf8")));
  writeFileSync(join(consumer, "inline.cts"), inline(readFileSync(join(tests, "consumer/cjs.cts"), "utf8")));
  const outDir = join(consumer, "out-inline");
  mkdirSync(outDir, { recursive: true });
  typescript("inline", ["inline.mts", "inline.cts"], { module: "node16", outDir });
  assert.equal(run("node", join(outDir, "inline.mjs")).trim(), ROLE);
  assert.equal(run("node", join(outDir, "inline.cjs")).trim(), ROLE);
});

test("bundled, it takes the module along; where the bundler leaves it, the error says what to import", () => {
  const bundle = (name, ...options) => {
    const file = join(consumer, `bundled-${name}/main.mjs`);
    const esbuild = join(tests, "../../pkg/node_modules/.bin/esbuild");
    run(esbuild, "esm.mts", "--bundle", "--platform=node", "--format=esm", `--outfile=${file}`, ...options);
    return file;
  };
  assert.equal(run("node", bundle("as-usual")).trim(), ROLE);
  // Conditions of one's own take the place of `module`.
  const { stderr, status } = spawnSync("node", [bundle("without", "--conditions=own")], {
    cwd: consumer,
    encoding: "utf8",
  });
  assert.notEqual(status, 0);
  assert.match(stderr, /countersign\/inline.*\[module\.missing\]/);
});

test("publint finds nothing", () => {
  assert.match(tool("publint", "run", "--strict", tarball), /All good/);
});

test("attw finds no wrong types", () => {
  // What is no code has no types. The others are for edge runtimes, where there is no CommonJS.
  const esmOnly = ["workerd", "edge-light", "cloudflare"];
  tool("attw", tarball, "--no-emoji", "--exclude-entrypoints", "core.wasm", ...esmOnly);
  tool("attw", tarball, "--no-emoji", "--profile", "esm-only", "--entrypoints", ...esmOnly);
});

test("every entry has types that stand by themselves, a source map, and a file", () => {
  const root = join(installed, "node_modules/countersign");
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files = (node) => (typeof node === "string" ? [node] : Object.values(node).flatMap(files));
  const named = new Set(files(exports));
  for (const file of named) {
    assert.ok(statSync(join(root, file)).isFile(), file);
  }
  for (const file of [...named].filter((name) => name.endsWith(".js"))) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(root, `${file}.map`), "utf8"));
    assert.equal(sources.length, sourcesContent.length, file);
    assert.ok(sources.some((source) => /^(\.\.\/)+src\/errors\.ts$/.test(source)), file);
    assert.ok(readFileSync(join(root, file), "utf8").endsWith(`//# sourceMappingURL=${file.split("/").at(-1)}.map\n`), file);
  }
});
