import { OptionsError } from "./errors.js";

/** Refuses what is left of a maker's options when those that it has are taken out: a setting would be lost in silence. */
export function refuseOthers(maker: string, others: object): void {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new OptionsError("options.unknown", unknown, `\`${maker}\` has no option \`${unknown}\`.`);
  }
}

/**
 * Whether a value is an object made by `{}` or `JSON.parse`, in this realm or another one. A Map, a Set
 * or an instance of a class would become `{}` as JSON, and its settings would be lost in silence.
 */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
