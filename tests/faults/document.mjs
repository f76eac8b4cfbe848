// The figures as a document: docs/faults.md. It is compared with what was found, or written (`cargo xtask faults --write`).
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const DOCUMENT = new URL("../../docs/faults.md", import.meta.url);

/** Prints the tables, and holds the document against them. */
export function finish(figures) {
  const text = documentOf(figures);
  console.log(rowsOf(figures).join("\n"));
  console.log(`${figures.rows.length + figures.unreachable.length} faults, ${figures.stories.length} stories`);
  if (process.env.COUNTERSIGN_WRITE === "faults") {
    mkdirSync(new URL(".", DOCUMENT), { recursive: true });
    writeFileSync(DOCUMENT, text);
    return;
  }
  assert.equal(readDocument(), text, "docs/faults.md does not tell what was found: cargo xtask faults --write");
}

function readDocument() {
  try {
    return readFileSync(DOCUMENT, "utf8");
  } catch {
    return "";
  }
}

function documentOf(figures) {
  return `# What an issuer that fails does to its users

Written by \`cargo xtask faults --write\`, and compared with what happens by \`cargo xtask test\`. An issuer on
loopback fails in each of these ways. The npm package, as it is packed, verifies its tokens with Node's own
\`fetch\`, beside an issuer that is well, whose tokens are accepted throughout. The command line verifies a token of
the same issuer. Settings are the defaults, except that the package waits for one second instead of five where only
time ends the fetch.

- **first token**: the verdict when there are no keys yet, in the package and in the command line alike.
- **keys at hand**: the verdict of the package, where it has keys that are past their lifetime when the fault begins.
- **afterwards**: the verdict six minutes later, the fault gone.
- **requests**: how many documents the first token has the package ask for.
- **ends by**: what ended the last of these: \`whole\` means that the document was read whole, and refused for what
  it says or accepted.
- **read**, **memory**: how many bytes of one document the package reads, and how much memory the process grows by,
  at most.

In every row the issuer sees all connections end, and no other address is asked.

${rowsOf(figures).join("\n")}

## Issuers that cannot be reached

| fault | first token | requests that arrive | ends by | command line |
| --- | --- | --- | --- | --- |
${figures.unreachable.map(({ fault, verdict, requests, ends, binary }) => line([fault, code(verdict), requests, ends, code(binary)])).join("\n")}

## Faults that take their time

Each with a clock of its own, and the number of documents that the issuer is asked for at each step.

${figures.stories.map(storyOf).join("\n\n")}
`;
}

function rowsOf({ rows }) {
  return [
    "| fault | first token | keys at hand | afterwards | requests | ends by | read | memory |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(({ fault, verdict, binary, held, after, requests, ends, read, memory }) => {
      const both = verdict === binary ? code(verdict) : `${code(verdict)}; command line: ${code(binary)}`;
      return line([fault, both, code(held), code(after), requests, ends, `≤ ${read}`, `≤ ${memory}`]);
    }),
  ];
}

function storyOf({ name, steps }) {
  return `### ${name[0].toUpperCase()}${name.slice(1)}

| what happens | verdict | requests |
| --- | --- | --- |
${steps.map(({ does, verdict, requests }) => line([does, verdict === "" ? "" : code(verdict), verdict === "" && requests === 0 ? "" : requests])).join("\n")}`;
}

/** Codes as code, and what else a verdict says as it is. */
function code(verdict) {
  return verdict.replace(/[a-z]+\.[a-z_]+/g, "`$&`");
}

function line(cells) {
  return `| ${cells.join(" | ")} |`;
}
