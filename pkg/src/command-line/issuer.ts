/** `countersign issuer` in Node: its socket and its state folder, around the issuer of `countersign/testing`. */
import { IssuerConfigError } from "../testing/errors.js";
import { LocalIssuer } from "../testing/local-issuer.js";
import type { IssuerRequest, IssuerResponse } from "../testing/local-issuer.js";
import { listen } from "../testing/server.js";
import type { ListeningServer } from "../testing/server.js";
import { Interruptions } from "./interruptions.js";
import type { DoneAnswer, ListenAnswer, OpenAnswer, Request, SystemError } from "./requests.js";
import { StateFolder } from "./state-folder.js";
import { systemError } from "./system-error.js";

type IssuerRequests = Extract<Request, { kind: "listen" | "openIssuer" | "serveIssuer" }>;

/** The program's words for clients of an issuer whose state could not be saved. */
type Unsaved = (reason: SystemError) => string;

/** Carries out what the command asks for, in the order in which it asks. */
export async function carryOutForIssuer(
  request: IssuerRequests,
  unsaved: Unsaved,
): Promise<ListenAnswer | OpenAnswer | DoneAnswer> {
  switch (request.kind) {
    case "listen":
      return running.listen(request.host, request.port);
    case "openIssuer":
      return running.open(request, unsaved);
    case "serveIssuer":
      return running.serve();
  }
}

/** An issuer, as much of it as was asked for so far. */
class RunningIssuer {
  readonly #interruptions = new Interruptions();
  /** Requests that come before there is an issuer wait for it. */
  readonly #opened: Promise<Kept>;
  #open: (kept: Kept) => void = () => undefined;
  #server: ListeningServer | undefined;

  constructor() {
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  async listen(host: string, port: number): Promise<ListenAnswer> {
    const respond = async (request: IssuerRequest): Promise<IssuerResponse> => (await this.#opened).respond(request);
    try {
      this.#server = await listen({ host, port, respond });
    } catch (error) {
      return { failed: systemError(error) };
    }
    this.#interruptions.listen();
    const bound = new URL(this.#server.url).port;
    return { address: host.includes(":") ? `[${host}]:${bound}` : `${host}:${bound}` };
  }

  open({ config, url: baseUrl, state: folder }: Extract<Request, { kind: "openIssuer" }>, unsaved: Unsaved): OpenAnswer {
    const state = folder === null ? undefined : new StateFolder(folder);
    let saved: string | undefined;
    try {
      state?.make();
    } catch (error) {
      return { unsaved: systemError(error) };
    }
    try {
      saved = state?.load();
    } catch (error) {
      return { unreadable: systemError(error) };
    }
    let issuer: LocalIssuer;
    try {
      issuer = new LocalIssuer({ config, baseUrl, state: saved });
    } catch (error) {
      const [fault] = error instanceof IssuerConfigError ? error.faults : [];
      if (fault === undefined) {
        throw error;
      }
      return { unusable: { code: fault.code, fault: fault.fault, remedy: fault.remedy } };
    }
    const kept = new Kept(issuer, state, unsaved);
    try {
      kept.save();
    } catch (error) {
      return { unsaved: systemError(error) };
    }
    this.#open(kept);
    return { issuers: issuer.issuers() };
  }

  /** Until the process is asked to end: answers at hand are finished then, unless it is asked again. */
  async serve(): Promise<DoneAnswer> {
    await this.#interruptions.nth(1);
    await Promise.race([this.#server?.close(Infinity), this.#interruptions.nth(2)]);
    return "done";
  }
}

const running = new RunningIssuer();

/** An issuer whose state is in a folder, if it has one. */
class Kept {
  readonly #issuer: LocalIssuer;
  readonly #folder: StateFolder | undefined;
  readonly #unsaved: Unsaved;
  #savedRevision = 0;

  constructor(issuer: LocalIssuer, folder: StateFolder | undefined, unsaved: Unsaved) {
    this.#issuer = issuer;
    this.#folder = folder;
    this.#unsaved = unsaved;
  }

  respond(request: IssuerRequest): IssuerResponse {
    const answer = this.#issuer.respond(request, Date.now());
    try {
      // Saved before it is answered: no token may outlive its key because of a crash.
      this.save();
    } catch (error) {
      // Answered as AWS's internal failure.
      throw new Error(this.#unsaved(systemError(error)));
    }
    return answer;
  }

  save(): void {
    const { revision } = this.#issuer;
    if (this.#folder !== undefined && revision !== this.#savedRevision) {
      this.#folder.save(this.#issuer.snapshot());
      this.#savedRevision = revision;
    }
  }
}
