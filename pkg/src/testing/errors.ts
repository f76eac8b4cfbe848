/** What `countersign/testing` throws. */

/** STS refused to mint a token, as AWS does it and in AWS's words. */
export class StsError extends Error {
  override readonly name = "StsError";
  /** AWS's code, for example `ValidationError` or `AccessDenied`. */
  readonly code: string;
  /** The HTTP status of AWS's answer. */
  readonly status: number;

  constructor({ code, status, message }: { code: string; status: number; message: string }) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** One fault of what an issuer was to be made from, or of a token that was ordered. */
export interface IssuerConfigFault {
  /** A stable code, for example `config.unknown_account`. */
  readonly code: string;
  /** Where it is, for example `accounts[1].ou_path`. */
  readonly path: string;
  /** What is wrong, in one sentence. */
  readonly fault: string;
  /** What to do about it, in another. */
  readonly remedy: string;
}

/** A test issuer cannot be made, or a token not ordered, like this: every fault that was found, at once. */
export class IssuerConfigError extends Error {
  override readonly name = "IssuerConfigError";
  readonly faults: readonly IssuerConfigFault[];

  constructor(faults: readonly IssuerConfigFault[]) {
    const lines = faults.map(({ path, fault, remedy, code }) => `\n- ${path}: ${fault} ${remedy} [${code}]`);
    super(`The test issuer cannot do this:${lines.join("")}`);
    this.faults = faults;
  }
}
