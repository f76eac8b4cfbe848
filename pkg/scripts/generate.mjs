// generate.mjs FOLDER: writes types.ts and codes.ts from what `xtask-generate` prints, read from stdin.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { compile } from "json-schema-to-typescript";

const NOTE = "// Generated from Rust by `cargo xtask generate`: do not edit.\n";
// What TypeScript callers write is a policy; that it is a document is Rust's concern.
const RENAMED = { PolicyDocument: "Policy" };

const [folder] = process.argv.slice(2);
const { definitions, codes, policyCodes } = JSON.parse(readFileSync(0, "utf8"));

writeFileSync(join(folder, "types.ts"), await types());
writeFileSync(
  join(folder, "codes.ts"),
  `${NOTE}
/** Why a token was refused. The spelling of a code never changes once released. */
export type Code =${union(codes)};

/** Why a policy was refused. The spelling of a code never changes once released. */
export type PolicyCode =${union(policyCodes)};
`,
);

function union(codes) {
  return codes
    .map(({ code, fault, remedy }) => `\n  /** ${fault} Remedy: ${remedy} */\n  | ${JSON.stringify(code)}`)
    .join("");
}

async function types() {
  // The codes have a file of their own.
  const { Code: _code, PolicyCode: _policyCode, ...others } = definitions;
  const schema = { definitions: {} };
  for (const [name, definition] of Object.entries(others)) {
    schema.definitions[RENAMED[name] ?? name] = prepared(definition);
  }
  const text = await compile(schema, "Root", {
    additionalProperties: false,
    bannerComment: "",
    unreachableDefinitions: true,
  });
  const clean = text
    .replace(/export interface Root \{[^}]*\}\n/, "")
    // The compiler's remark on its own root, as a whole comment or at the end of one.
    .replace(/\/\*\*\n \* This interface was referenced by [^]*?\*\/\n/g, "")
    .replace(/ \*\n \* This interface was referenced by [^]*?(?= \*\/\n)/g, "");
  return `${NOTE}import type { Code, PolicyCode } from "./codes.js";\n\n${clean.trim()}\n`;
}

/** A schema as TypeScript should say it. */
function prepared(schema) {
  const { allOf, $ref, anyOf, enum: values, title: _title, ...rest } = schema;
  const result = { ...rest };
  if (rest.description !== undefined) {
    // Without the examples, which are in Rust.
    result.description = rest.description.replace(/\n*```[^]*?```/g, "");
  }
  const reference = $ref ?? allOf?.[0].$ref;
  if (reference !== undefined) {
    const name = reference.split("/").at(-1);
    result.tsType = RENAMED[name] ?? name;
  } else if (anyOf !== undefined) {
    // An absent member is left out, never null.
    const present = anyOf.filter(({ type }) => type !== "null").map(prepared);
    return present.length === 1 ? { ...present[0], ...result } : { ...result, anyOf: present };
  } else if (values !== undefined && codes.every(({ code }) => values.includes(code))) {
    const own = values.filter((value) => codes.every(({ code }) => code !== value));
    return { tsType: ["Code", ...own.map((value) => JSON.stringify(value))].join(" | ") };
  } else if (values !== undefined) {
    result.enum = values;
  }
  if (Array.isArray(rest.type)) {
    [result.type] = rest.type.filter((type) => type !== "null");
  }
  if (rest.properties !== undefined) {
    const members = Object.entries(rest.properties);
    result.properties = Object.fromEntries(members.map(([name, member]) => [name, prepared(member)]));
  }
  for (const name of ["items", "additionalProperties"]) {
    if (typeof rest[name] === "object") {
      result[name] = prepared(rest[name]);
    }
  }
  return result;
}
