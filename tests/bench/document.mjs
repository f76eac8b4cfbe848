// docs/speed.md: what is written by hand stays, and what stands between two markers is made from the figures.
import { pictures, refusals } from "./pictures.mjs";
import { digits, disturbance, tables } from "./tables.mjs";

/** The document with its figures replaced. Throws where a marker is missing. */
export function withFigures(document, figures) {
  const sections = { machine: machine(figures), targets: targets(figures), contenders: contenders(figures), growth: growth(figures) };
  return Object.entries(sections).reduce((text, [name, content]) => {
    const [begin, end] = [`<!-- figures: ${name} -->\n`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) {
      throw new Error(`docs/speed.md has no place for the figures of ${name}: ${begin}${end}`);
    }
    return `${text.slice(0, from + begin.length)}\n${content}\n\n${text.slice(to)}`;
  }, document);
}

function machine({ measured, mode, disturbed, machine: { cpu, system, node, openssl, rust, bun, deno }, tokenBytes, plan: { signatures, native } }) {
  const sizes = Object.entries(tokenBytes).map(([algorithm, bytes]) => `${bytes} bytes (${algorithm})`);
  const hosts = [bun && `Bun ${bun}`, deno && `Deno ${deno}`].filter(Boolean).join(", ");
  const { ES384, ES256, RS256 } = signatures.tokens;
  return `Measured on ${measured}, ${mode === "full" ? "in full" : "as a first impression (`--quick`)"}, on: ${cpu}; ${system}; Node ${node} with OpenSSL ${openssl}; ${hosts ? `${hosts}; ` : ""}Rust ${rust}.
In Node ${signatures.warmUp} verifications come before those that are timed, for every contender; then there are
${signatures.rounds} rounds of ${ES384} (ES384), ${ES256} (ES256) and ${RS256} (RS256) tokens. Natively it is ${native.warmUp}, ${native.rounds}
and ${native.tokens}. A token has ${sizes.join(", ")}. ${disturbance({ disturbed })}`;
}

function targets(figures) {
  return asMarkdown(tables(figures)[0]);
}

function contenders(figures) {
  const [, ...others] = tables(figures);
  return [picture(figures, "speed-signatures.svg"), ...others.map((table) => `### ${table.title}\n\n${asMarkdown(table)}`)].join("\n\n");
}

function growth(figures) {
  const shown = ["speed-issuers-and-rules.svg", "speed-token-size.svg", "speed-request-tags.svg"].map((name) => picture(figures, name));
  const refused = refusals(figures).map(({ curve, x, refused }) => `- ${curve}, ${digits(x)}: refused as \`${refused}\`, which is a limit of this package.`);
  return [...shown, ...(refused.length > 0 ? [refused.join("\n")] : [])].join("\n\n");
}

function picture(figures, name) {
  const description = /<desc[^>]*>(.*)<\/desc>/.exec(pictures(figures)[name])[1];
  return `![${description}](${name})`;
}

function asMarkdown({ head, rows }) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
