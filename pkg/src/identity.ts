/**
 * What WebAssembly answers for an accepted token: an array, and without what the claims say word for word, since
 * reading it is much of what a verification costs.
 */
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
  header: JsonObject,
  claims: Claims,
  audience: string[],
  rule: string,
  partition: string,
  account: string,
  kind: Principal["kind"],
  path: string,
  name: string,
  permissionSet: string | null,
  organizationalUnits: string[],
  originalSessionExpiresAt: number | null,
  functionArn: string | null,
  ec2: [string | null, string | null, string | null, string | null] | null,
  credentialIssuingService: string | null,
  identityCenter: [string | null, string | null] | null,
];

/** The claims of an accepted token, as far as they are taken as they are: the core has checked them. */
interface Claims extends JsonObject {
  readonly iss: string;
  readonly sub: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly "https://sts.amazonaws.com/"?: {
    readonly org_id?: string;
    readonly source_region?: string;
    readonly principal_tags?: Record<string, string>;
    readonly request_tags?: Record<string, string>;
    readonly source_identity?: string;
    readonly federated_provider?: string;
  };
}

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
  const claims = row[6];
  const principal: Principal = {
    arn: claims.sub,
    partition: row[9],
    account: row[10],
    kind: row[11],
    path: row[12],
    name: row[13],
  };
  if (row[14] !== null) {
    principal.permissionSet = row[14];
  }
  return {
    issuer: claims.iss,
    subject: claims.sub,
    audience: row[7],
    tokenId: claims.jti,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    rule: row[8],
    principal,
    aws: awsOf(row),
    header: row[5],
    claims,
  };
}

/** Members that are not there are left out, in the order that all have. */
function awsOf(row: Row): AwsIdentity {
  const claim = row[6]["https://sts.amazonaws.com/"] ?? {};
  const aws = { account: row[10] } as AwsIdentity;
  if (claim.org_id !== undefined) {
    aws.organization = claim.org_id;
  }
  aws.organizationalUnits = row[15];
  if (claim.source_region !== undefined) {
    aws.sourceRegion = claim.source_region;
  }
  aws.principalTags = claim.principal_tags ?? {};
  aws.requestTags = claim.request_tags ?? {};
  if (row[16] !== null) {
    aws.originalSessionExpiresAt = row[16];
  }
  if (claim.source_identity !== undefined) {
    aws.sourceIdentity = claim.source_identity;
  }
  if (claim.federated_provider !== undefined) {
    aws.federatedProvider = claim.federated_provider;
  }
  if (row[17] !== null) {
    aws.lambda = { functionArn: row[17] };
  }
  if (row[18] !== null) {
    aws.ec2 = ec2Of(row[18]);
  }
  if (row[19] !== null) {
    aws.glue = { credentialIssuingService: row[19] };
  }
  if (row[20] !== null) {
    aws.identityCenter = identityCenterOf(row[20]);
  }
  return aws;
}

function ec2Of([instanceArn, vpc, privateIpv4, roleDelivery]: NonNullable<Row[18]>): Ec2 {
  return {
    ...(instanceArn !== null && { instanceArn }),
    ...(vpc !== null && { vpc }),
    ...(privateIpv4 !== null && { privateIpv4 }),
    ...(roleDelivery !== null && { roleDelivery }),
  };
}

function identityCenterOf([userId, identityStoreArn]: NonNullable<Row[20]>): IdentityCenter {
  return { ...(userId !== null && { userId }), ...(identityStoreArn !== null && { identityStoreArn }) };
}
