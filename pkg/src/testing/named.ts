/** Options under the names that the issuer's own configuration has for them. */
import { OptionsError } from "../errors.js";
import { isPlain } from "../plain.js";

/** Option names, and what the configuration calls each. */
export type Names = Readonly<Record<string, string>>;

/** The options that are given, renamed. Others are refused: a setting would be lost in silence. */
export function renamed(where: string, options: object, names: Names): Record<string, unknown> {
  onlyKnown(where, options, Object.keys(names));
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const known = names[name];
    if (known !== undefined && value !== undefined) {
      result[known] = value;
    }
  }
  return result;
}

/** Refuses options that are not of these. */
export function onlyKnown(where: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(requirePlain(where, options)).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `\`${where}\` has no option \`${unknown}\`; there are ${known.join(", ")}.`;
    throw new OptionsError("options.unknown", unknown, message);
  }
}

/** A text, if anything. */
export function text(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== "string") {
    throw new OptionsError("options.type", option, `\`${option}\` must be a text.`);
  }
}

/** A whole number, if anything. */
export function whole(option: string, value: unknown): void {
  if (value !== undefined && !Number.isSafeInteger(value)) {
    throw new OptionsError("options.type", option, `\`${option}\` must be a whole number.`);
  }
}

/** Texts by name, if anything. */
export function texts(option: string, value: unknown): void {
  if (value !== undefined && !Object.values(requirePlain(option, value)).every((member) => typeof member === "string")) {
    throw new OptionsError("options.type", option, `\`${option}\` must be an object of texts.`);
  }
}

/** The value, if it is an object without a class. */
export function requirePlain(where: string, value: unknown): Record<string, unknown> {
  if (!isPlain(value)) {
    throw new OptionsError("options.type", where, `\`${where}\` takes a plain object.`);
  }
  return value;
}
