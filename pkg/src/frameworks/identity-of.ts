import type { Identity } from "../generated/types.js";

/** The identity that was put somewhere, for handlers that cannot do without. */
export function requiredIdentity(holder: { readonly identity?: Identity | undefined } | undefined): Identity {
  const identity = holder?.identity;
  if (identity === undefined) {
    throw new Error("There is no identity here: `authenticate` did not run before this handler, or required none.");
  }
  return identity;
}
