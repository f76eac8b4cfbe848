/** What WebAssembly answers for an accepted token: an array, since names take longer than what they name. */
import type { Accepted } from "./core.js";
import type { FetchRequest } from "./fetch.js";
import type { AwsIdentity, Ec2, Identity, IdentityCenter, JsonObject, Principal, Report } from "./generated/types.js";

/** In the order of `Identity::add_to` in Rust, after what comes with the verdict. */
export type Row = [
  stale: boolean,
  refresh: FetchRequest | null,
  report: Report | null,
  slot: number | null,
  serial: number | null,
  issuer: string,
  subject: string,
  audience: string[],
  tokenId: string,
  issuedAt: number,
  expiresAt: number,
  rule: string,
  partition: string,
  account: string,
  kind: Principal["kind"],
  path: string,
  name: string,
  permissionSet: string | null,
  organization: string | null,
  organizationalUnits: string[],
  sourceRegion: string | null,
  principalTags: Record<string, string>,
  requestTags: Record<string, string>,
  originalSessionExpiresAt: number | null,
  sourceIdentity: string | null,
  federatedProvider: string | null,
  functionArn: string | null,
  ec2: [string | null, string | null, string | null, string | null] | null,
  credentialIssuingService: string | null,
  identityCenter: [string | null, string | null] | null,
  header: JsonObject,
  claims: JsonObject,
];

/** Whether an answer is the one for an accepted token. */
export function isRow(answer: unknown): answer is Row {
  return Array.isArray(answer);
}

/** What the answer says. */
export function acceptedFrom(row: Row): Accepted {
  const accepted: Accepted = { kind: "verified", identity: identityOf(row), stale: row[0] };
  if (row[1] !== null) {
    accepted.refresh = row[1];
  }
  if (row[2] !== null) {
    accepted.report = row[2];
  }
  if (row[3] !== null && row[4] !== null) {
    accepted.kept = { slot: row[3], serial: row[4] };
  }
  return accepted;
}

function identityOf(row: Row): Identity {
  const principal: Principal = {
    arn: row[6],
    partition: row[12],
    account: row[13],
    kind: row[14],
    path: row[15],
    name: row[16],
  };
  if (row[17] !== null) {
    principal.permissionSet = row[17];
  }
  return {
    issuer: row[5],
    subject: row[6],
    audience: row[7],
    tokenId: row[8],
    issuedAt: row[9],
    expiresAt: row[10],
    rule: row[11],
    principal,
    aws: awsOf(row),
    header: row[30],
    claims: row[31],
  };
}

/** Members that are not there are left out, in the order that all have. */
function awsOf(row: Row): AwsIdentity {
  const aws = { account: row[13] } as AwsIdentity;
  if (row[18] !== null) {
    aws.organization = row[18];
  }
  aws.organizationalUnits = row[19];
  if (row[20] !== null) {
    aws.sourceRegion = row[20];
  }
  aws.principalTags = row[21];
  aws.requestTags = row[22];
  if (row[23] !== null) {
    aws.originalSessionExpiresAt = row[23];
  }
  if (row[24] !== null) {
    aws.sourceIdentity = row[24];
  }
  if (row[25] !== null) {
    aws.federatedProvider = row[25];
  }
  if (row[26] !== null) {
    aws.lambda = { functionArn: row[26] };
  }
  if (row[27] !== null) {
    aws.ec2 = ec2Of(row[27]);
  }
  if (row[28] !== null) {
    aws.glue = { credentialIssuingService: row[28] };
  }
  if (row[29] !== null) {
    aws.identityCenter = identityCenterOf(row[29]);
  }
  return aws;
}

function ec2Of([instanceArn, vpc, privateIpv4, roleDelivery]: NonNullable<Row[27]>): Ec2 {
  return {
    ...(instanceArn !== null && { instanceArn }),
    ...(vpc !== null && { vpc }),
    ...(privateIpv4 !== null && { privateIpv4 }),
    ...(roleDelivery !== null && { roleDelivery }),
  };
}

function identityCenterOf([userId, identityStoreArn]: NonNullable<Row[29]>): IdentityCenter {
  return { ...(userId !== null && { userId }), ...(identityStoreArn !== null && { identityStoreArn }) };
}
