// Each entry of the packed package, imported and required in Node as it is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { GIVEN, VERDICTS, VERDICTS_SOURCE, installed, packageFolder } from "./sample.mjs";

const folder = join(installed, "entries");
mkdirSync(folder, { recursive: true });

const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
const PROVIDED = `import { readFileSync } from "node:fs"; import { createRequire } from "node:module";
  const octets = readFileSync(createRequire(import.meta.url).resolve("countersign/core.wasm"));`;

/** What a program prints, run as a file of the folder. */
function printed(name, source, ...options) {
  const file = join(folder, name);
  writeFileSync(file, source);
  return JSON.parse(execFileSync("node", [...options, file], { encoding: "utf8" }));
}

function judged(entry, format) {
  return format === "esm"
    ? `import * as entry from "${entry}"; ${VERDICTS_SOURCE}
       console.log(JSON.stringify(await verdicts(entry, ${JSON.stringify(GIVEN)})));`
    : `const entry = require("${entry}"); ${VERDICTS_SOURCE}
       verdicts(entry, ${JSON.stringify(GIVEN)}).then((them) => console.log(JSON.stringify(them)));`;
}

for (const entry of ["countersign", "countersign/inline"]) {
  test(`${entry} gives the verdicts, in ESM and in CommonJS`, () => {
    assert.deepEqual(printed("whole.mjs", judged(entry, "esm")), VERDICTS);
    assert.deepEqual(printed("whole.cjs", judged(entry, "cjs")), VERDICTS);
  });
}

for (const [kind, given] of Object.entries({
  "a compiled module": "new WebAssembly.Module(octets)",
  octets: "octets",
  "an ArrayBuffer": "new Uint8Array(octets).buffer",
})) {
  test(`countersign/slim gives the verdicts by ${kind}`, () => {
    const source = `${PROVIDED} import { provideModule } from "countersign/slim"; provideModule(${given});`;
    assert.deepEqual(printed("slim.mjs", source + judged("countersign/slim", "esm")), VERDICTS);
  });
}

test("countersign/slim gives the verdicts in CommonJS", () => {
  const source = `const octets = require("node:fs").readFileSync(require.resolve("countersign/core.wasm"));
    require("countersign/slim").provideModule(octets);`;
  assert.deepEqual(printed("slim.cjs", source + judged("countersign/slim", "cjs")), VERDICTS);
});

test("countersign/slim says what it was not given, and takes nothing that is no module", () => {
  const source = `import { createVerifier, inspect, ModuleError, provideModule } from "countersign/slim";
    const codes = [];
    for (const work of [() => inspect("x"), () => provideModule("core.wasm"), () => { provideModule(new Uint8Array(8)); inspect("x"); }]) {
      try { work(); } catch (error) { codes.push([error instanceof ModuleError, error.name, error.code]); }
    }
    console.log(JSON.stringify(codes));`;
  const codes = ["module.not_given", "module.unusable", "module.refused"];
  assert.deepEqual(printed("given.mjs", source), codes.map((code) => [true, "ModuleError", code]));
});

test("countersign/slim refuses a module that is another one, again and again", () => {
  const source = `import { inspect, provideModule } from "countersign/slim";
    provideModule(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const codes = [];
    for (let time = 0; time < 3; time += 1) {
      try { inspect("x"); } catch (error) { codes.push(error.code); }
    }
    console.log(JSON.stringify(codes));`;
  assert.deepEqual(printed("another.mjs", source), Array(3).fill("module.unusable"));
});

test("countersign/errors knows the errors of every entry, and brings no WebAssembly", () => {
  const known = (errors, entry) => `
    const codes = [];
    const works = [() => entry.createVerifier({}), () => entry.createVerifier({ audience: "a", trust: [] }, { no: 1 }), () => { throw new TypeError("x"); }];
    for (const work of works) {
      try { work(); } catch (error) { codes.push([error instanceof errors.PolicyError, error instanceof errors.OptionsError, errors.isCountersignError(error)]); }
    }
    console.log(JSON.stringify(codes));`;
  const esm = `import * as errors from "countersign/errors"; import * as entry from "countersign";`;
  const cjs = `const errors = require("countersign/errors"), entry = require("countersign/inline");`;
  const expected = [[true, false, true], [false, true, true], [false, false, false]];
  assert.deepEqual(printed("errors.mjs", esm + known()), expected);
  assert.deepEqual(printed("errors.cjs", cjs + known()), expected);
  const alone = `delete globalThis.WebAssembly; const { PolicyError } = await import("countersign/errors"); console.log(JSON.stringify(new PolicyError([]).name));`;
  assert.equal(printed("alone.mjs", alone), "PolicyError");
});

test("importing compiles nothing", () => {
  const source = `const { Module } = WebAssembly; let count = 0;
    WebAssembly.Module = class extends Module { constructor(octets) { super(octets); count += 1; } };
    const { inspect } = await import("countersign"); const before = count; inspect("x"); console.log(JSON.stringify([before, count]));`;
  assert.deepEqual(printed("lazy.mjs", source), [0, 1]);
});

test("a host that refuses to compile is told what to import", () => {
  const source = `WebAssembly.Module = function () { throw new WebAssembly.CompileError("refused"); };
    const { createVerifier } = await import("countersign/inline");
    try { createVerifier({ audience: "a", trust: [] }); } catch (error) { console.log(JSON.stringify([error.code, error.cause.message])); }`;
  assert.deepEqual(printed("refused.mjs", source), ["module.refused", "refused"]);
});

test("entries for other hosts than Node import nothing of Node's, and no entry awaits at its top", () => {
  const FILES = { workerd: 1, "edge-light": 1, inline: 2, slim: 2, errors: 2 };
  for (const [name, count] of Object.entries(FILES)) {
    const files = ["esm", "cjs"].slice(0, count).map((format) => join(packageFolder, "dist", format, `${name}.js`));
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      assert.doesNotMatch(text, /(from|import|require\()\s*"(?!\.\.\/core\.wasm|cloudflare:workers)[^"]*"/, file);
      assert.doesNotMatch(text, /^await\b/m, file);
    }
  }
  assert.equal(manifest.sideEffects, false);
});

test("the code is ASCII: one other character has engines keep all of it in twice the memory, and start later", () => {
  for (const file of readdirSync(join(packageFolder, "dist"), { recursive: true }).filter((name) => name.endsWith(".js"))) {
    assert.doesNotMatch(readFileSync(join(packageFolder, "dist", file), "latin1"), /[^\0-\x7f]/, file);
  }
});
