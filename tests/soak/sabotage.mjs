// Verifiers that are broken on purpose: each must make the soak fail, by the verdict named here.
export const SABOTAGES = {
  leak: { breaks: "memory is flat", wrap: leaking },
  refuse: { breaks: "every good token is accepted", wrap: refusing },
  accept: { breaks: "every bad token is refused by its code", wrap: accepting },
  reject: { breaks: "nothing is unhandled", wrap: rejecting },
};

const EVERY = 50;

/** A verifier whose `verify` is another one, which may call the genuine one. */
function withVerify(verifier, verify) {
  return new Proxy(verifier, {
    get: (target, name) => (name === "verify" ? (token) => verify(token) : target[name].bind(target)),
  });
}

function leaking(verifier) {
  const kept = [];
  const begun = Date.now();
  return withVerify(verifier, (token) => {
    // 20 MiB a second, however many tokens there are.
    while (kept.length < (Date.now() - begun) / 50) {
      kept.push(new Array(131_072).fill(kept.length));
    }
    return verifier.verify(token);
  });
}

function refusing(verifier, { VerificationError }) {
  let calls = 0;
  return withVerify(verifier, async (token) => {
    const identity = await verifier.verify(token);
    calls += 1;
    if (calls % EVERY === 0) {
      const { code, ...rest } = await verifier.verify("").catch((error) => error);
      throw new VerificationError({ ...rest, code: code.replace("token.empty", "key.unavailable"), message: "sabotage" });
    }
    return identity;
  });
}

function accepting(verifier) {
  let calls = 0;
  return withVerify(verifier, async (token) => {
    try {
      return await verifier.verify(token);
    } catch (error) {
      calls += 1;
      if (calls % EVERY === 0) {
        return {};
      }
      throw error;
    }
  });
}

function rejecting(verifier) {
  let calls = 0;
  return withVerify(verifier, (token) => {
    calls += 1;
    if (calls === EVERY) {
      Promise.reject(new Error("sabotage"));
    }
    return verifier.verify(token);
  });
}
