// Reading the vectors: tests/vectors/README.md says what is in them.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../vectors/", import.meta.url);

const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

const shared = read("shared.json");

/** Every file of vectors: `[{ name, about, cases }]`, references resolved and tokens built. */
export function vectorFiles() {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== "shared.json")
    .sort()
    .map((name) => {
      const { about, cases } = read(name);
      return { name: name.slice(0, -".json".length), about, cases: cases.map(resolved) };
    });
}

function resolved(one) {
  return { ...one, token: built(one.token), keys: keySets(one), policy: policy(one.policy) };
}

function built(token) {
  return Array.isArray(token)
    ? token.map((piece) => (typeof piece === "string" ? piece : piece.repeat.repeat(piece.times))).join("")
    : token;
}

function keySets({ keys, key_set_padding: padding }) {
  const sets = typeof keys === "string" ? shared.keys[keys] : keys;
  return padding === undefined
    ? sets
    : Object.fromEntries(
        Object.entries(sets).map(([issuer, set]) => [issuer, { padding: "a".repeat(padding), ...set }]),
      );
}

/** `{ value }`, or `{ text }` alone when the text says more than a JavaScript value can. */
function policy(policy) {
  if (typeof policy === "string") {
    return { value: shared.policies[policy] };
  }
  return typeof policy.text === "string" && Object.keys(policy).length === 1 ? fromText(policy.text) : { value: policy };
}

function fromText(text) {
  try {
    const value = JSON.parse(text);
    // What is lost on the way, such as a member that stands twice, cannot be tested with a value.
    return JSON.stringify(value) === text ? { value } : { text };
  } catch {
    return { text };
  }
}

/** The value that a JSON pointer (RFC 6901) names; null when there is none. */
export function at(value, pointer) {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((inner, name) => (inner !== null && typeof inner === "object" && Object.hasOwn(inner, name) ? inner[name] : null), value);
}
