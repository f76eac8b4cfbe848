import { bounded, call } from "./engine.js";
import type { Inspection } from "./generated/types.js";

/**
 * Reads as much as can be read of a token, or of what should be one. Nothing is verified: whatever it
 * shows may be forged. For people and logs, never for a decision.
 */
export function inspect(text: string): Inspection {
  if (typeof text !== "string") {
    throw new TypeError(`inspect needs a text, not ${text === null ? "null" : typeof text}`);
  }
  return JSON.parse(call((wasm) => wasm.inspect(bounded(text)))) as Inspection;
}
