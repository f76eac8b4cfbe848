/** Options under the names that the issuer's own configuration has for them. */
import { OptionsError } from "../errors.js";
import { isPlain } from "../plain.js";

/** Option names, and what the configuration calls each. */
export type Names = Readonly<Record<string, string>>;

/** The options that are given, renamed. Others are refused: a setting would be lost in silence. */
export function renamed(where: string, options: object, names: Names): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(requirePlain(where, options))) {
    const known = Object.hasOwn(names, name) ? names[name] : undefined;
    if (known === undefined) {
      const message = `${where} has no option \`${name}\`; there are ${Object.keys(names).join(", ")}.`;
      throw new OptionsError("options.unknown", name, message);
    }
    if (value !== undefined) {
      result[known] = value;
    }
  }
  return result;
}

/** The value, if it is an object without a class. */
export function requirePlain(where: string, value: unknown): Record<string, unknown> {
  if (!isPlain(value)) {
    throw new OptionsError("options.type", where, `${where} takes a plain object.`);
  }
  return value;
}
