import { PolicyError } from "./errors.js";
import type { PolicyFault } from "./generated/types.js";
import { isPlain } from "./plain.js";

/**
 * A policy as JSON text for the core, which checks everything else about it.
 *
 * `JSON.stringify` alone would lose settings in silence: it drops members that are `undefined` (an
 * environment variable that is not set) or functions, and turns a Set or a Map into `{}`. A rule that
 * lost a condition trusts more than its author meant, so each such value is a fault.
 */
export function policyText(policy: unknown): string {
  const faults: PolicyFault[] = [];
  collectFaults(policy, "", 0, faults);
  if (faults.length > 0) {
    throw new PolicyError(faults);
  }
  return JSON.stringify(policy);
}

function collectFaults(value: unknown, path: string, depth: number, faults: PolicyFault[]): void {
  const kind = lossyKind(value, depth);
  if (kind !== undefined) {
    faults.push({
      code: "policy.type",
      path,
      message: `It is ${kind}, which JSON cannot hold.`,
      remedy: "Give it a text, number, list or plain object, or leave the member out.",
    });
  } else if (Array.isArray(value)) {
    // Not forEach: that would pass over the holes.
    for (let index = 0; index < value.length; index += 1) {
      collectFaults(value[index], `${path}[${index}]`, depth + 1, faults);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      collectFaults(member, path === "" ? name : `${path}.${name}`, depth + 1, faults);
    }
  }
}

function lossyKind(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : String(value);
    case "object":
      if (depth > MAX_DEPTH) {
        return "nested without end";
      }
      return value === null || Array.isArray(value) || isPlain(value) ? undefined : "not a plain object";
    case "undefined":
      return "undefined";
    default:
      return `a ${typeof value}`;
  }
}

const MAX_DEPTH = 32;
