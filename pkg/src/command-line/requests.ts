/** What the command line asks for, and what it is answered: JSON, as `crates/wasm-command-line` has it. */

/** One thing to do. */
export type Request =
  | { kind: "exit"; code: number }
  | { kind: "readFile"; path: string; limit: number }
  | { kind: "readStandardInput"; limit: number }
  | { kind: "write"; stream: "stdout" | "stderr"; text: string }
  | { kind: "fetch"; exchange: Exchange }
  | { kind: "listen"; host: string; port: number }
  | { kind: "openIssuer"; config: string; url: string; state: string | null }
  | { kind: "serveIssuer" };

/** One GET request. Redirects are not followed. */
export interface Exchange {
  url: string;
  headers: [name: string, value: string][];
  proxy: Tunnel | null;
  maxBytes: number;
  timeoutSeconds: number;
}

/** The proxy to go through. */
export interface Tunnel {
  /** Whether the proxy itself is spoken to over TLS. */
  tls: boolean;
  host: string;
  port: number;
  /** What `Proxy-Authorization` says. */
  authorization: string | null;
}

/** What came of a request, and what was read. */
export interface Reply {
  answer: ReadAnswer | DoneAnswer | FetchAnswer | ListenAnswer | OpenAnswer;
  octets?: Uint8Array;
}

export type ReadAnswer = "done" | { unopened: SystemError } | { unread: SystemError };

export type DoneAnswer = "done" | { failed: SystemError };

export type FetchAnswer =
  | "timeout"
  | "tooLarge"
  | { failed: SystemError }
  | { response: { status: number; freshness: Freshness } };

/** An address with its port, as URLs write it. */
export type ListenAnswer = { address: string } | { failed: SystemError };

export type OpenAnswer =
  | { issuers: [account: string, issuer: string][] }
  | { unreadable: SystemError }
  | { unsaved: SystemError }
  | { unusable: { code: string; fault: string; remedy: string } };

/** The headers that say how long an answer may be used, several lines of one joined with commas. */
export interface Freshness {
  age: string | null;
  cacheControl: string | null;
  date: string | null;
  expires: string | null;
}

/** What Node knows of an error. */
export interface SystemError {
  /** POSIX's name for it, or Node's. */
  code: string;
  /** The operating system's number, if it is one of its own. */
  number: number | null;
  message: string;
}

/** What surrounds a run. */
export interface Surroundings {
  /** Whether each stream is a terminal. */
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  /** The terminal's width in characters. */
  columns: number | null;
  variables: Record<string, string>;
}
