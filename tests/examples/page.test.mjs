// The page, in a headless browser, by the code behind its one command.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { EXAMPLES } from "../../xtask/examples/list.mjs";
import { start } from "../../xtask/examples/processes.mjs";
import { launch } from "../browser/browser.mjs";

const RUN = join(import.meta.dirname, "../../xtask/examples/run.mjs");
const lacking = await launch().then(
  (browser) => browser.close(),
  (error) => error,
);
// As for the tests of the inspector: only where there is no CI.
if (lacking && process.env.CI) throw lacking;

for (const name of Object.keys(EXAMPLES).filter((each) => EXAMPLES[each].kind === "page")) {
  test(`${name} says of each pasted token what becomes of it`, { skip: lacking && "no Chromium can be started", timeout: 120_000 }, async () => {
    const program = start([process.execPath, RUN, name, "--once"]);
    const { code } = await program.ended;
    const output = program.output();
    assert.equal(code, 0, output);
    const verdicts = [...output.matchAll(/^> (\S+) (.*)$/gm)];
    assert.deepEqual(
      verdicts.map(([, verdict]) => verdict),
      ["accepted", "audience.mismatch", "signature.invalid", "trust.principal", "trust.organization"],
    );
    assert.match(verdicts[0][2], /^It would be taken/);
    for (const [, verdict, text] of verdicts.slice(1)) assert.ok(text.startsWith(`It would be refused: ${verdict}. `), text);
  });
}
