import { OptionsError } from "../errors.js";

/** Refuses what has not these methods: a binding that is missing or another one. */
export function requireMethods(name: string, what: string, value: object, methods: readonly string[]): void {
  const its = (value ?? {}) as Record<string, unknown>;
  if (!methods.every((method) => typeof its[method] === "function")) {
    throw new OptionsError("options.type", name, `\`${name}\` takes ${what}.`);
  }
}
