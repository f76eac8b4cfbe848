// What a copy of the package makes of the vectors, on whatever runs this: nothing here is Node's own.

/** One line for each case: the verdict, and what it rests on. */
export function verdicts({ createVerifier }, cases) {
  return cases.map((one) => {
    try {
      return verdict(createVerifier, one);
    } catch (error) {
      return `throws ${error}`;
    }
  });
}

function verdict(createVerifier, { policy, keys, now, token }) {
  let verifier;
  try {
    verifier = createVerifier(policy.value, { keys, now: () => now });
  } catch (error) {
    if (error.name === "PolicyError") {
      return `policy refused: ${error.faults.map(({ code, path }) => `${code} ${path}`).join(", ")}`;
    }
    return error.code === "options.keys" ? "keys refused" : `throws ${error}`;
  }
  const report = JSON.stringify(verifier.explainSync(token));
  try {
    return `accepted: ${JSON.stringify(verifier.verifySync(token))} ${report}`;
  } catch (error) {
    return `refused: ${error.code} ${error.check} ${report}`;
  }
}

/** The beginning of what a vector wants of each line. */
export function expected({ expect }) {
  switch (expect.verdict) {
    case "accepted":
      return "accepted: ";
    case "policy_refused":
      return `policy refused: ${expect.faults.map(({ code, path }) => `${code} ${path}`).join(", ")}`;
    case "keys_refused":
      return "keys refused";
    default:
      return `refused: ${expect.code} ${expect.check} `;
  }
}
