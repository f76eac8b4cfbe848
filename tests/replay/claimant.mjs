// A process of a service: connects, and presents the tokens of each round when it is told to.
import { createVerifier, redisReplay, VerificationError } from "../conformance/node/package-under-test.mjs";
import { CLIENTS } from "./clients.mjs";
import { keysOf, POLICY } from "./tokens.mjs";

let verifier;
let close;
/** When each token was being claimed, on the clock that all processes of a machine share. */
let claims = [];

const work = {
  async connect({ name, port, pem }) {
    const connected = await CLIENTS[name](port);
    close = connected.close;
    // Nothing may be refused for another reason than replay: there is time enough on any machine.
    const replay = { store: watched(redisReplay(connected.client)), whenUnavailable: "refuse", timeoutSeconds: 60 };
    verifier = createVerifier(POLICY, { keys: keysOf(pem), replay });
  },
  async present({ tokens }) {
    claims = [];
    const verdicts = await Promise.all(tokens.map(verdictOf));
    return { verdicts, claims };
  },
  async end() {
    close();
    process.disconnect();
  },
};

process.on("message", async ({ kind, ...message }) => {
  const answer = await work[kind](message);
  if (process.connected) {
    process.send({ kind, ...answer });
  }
});

function watched(store) {
  return {
    peek: (...question) => store.peek(...question),
    async once(...question) {
      const claim = { key: question[0], from: microseconds() };
      const answer = await store.once(...question);
      claims.push({ ...claim, to: microseconds() });
      return answer;
    },
  };
}

async function verdictOf(token) {
  try {
    await verifier.verify(token);
    return "accepted";
  } catch (error) {
    if (!(error instanceof VerificationError)) {
      throw error;
    }
    return error.code;
  }
}

function microseconds() {
  return Number(process.hrtime.bigint() / 1000n);
}
