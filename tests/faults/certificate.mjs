// A certificate for localhost that nobody vouches for (RFC 5280), made on the spot: none to keep, none to expire.
import { sign } from "node:crypto";
import { keyPair } from "./signing.mjs";

const ECDSA_WITH_SHA256 = "06082a8648ce3d040302";
const COMMON_NAME = "0603550403";
const SUBJECT_ALT_NAME = "0603551d11";

export async function selfSigned() {
  const { privateKey, publicKey } = await keyPair("ES256");
  const algorithm = sequence(hex(ECDSA_WITH_SHA256));
  const name = sequence(tagged(0x31, sequence(hex(COMMON_NAME), tagged(0x0c, Buffer.from("localhost")))));
  const day = 86_400_000;
  const validity = sequence(utc(Date.now() - day), utc(Date.now() + day));
  const alternative = sequence(tagged(0x82, Buffer.from("localhost")));
  const extensions = tagged(0xa3, sequence(sequence(hex(SUBJECT_ALT_NAME), tagged(0x04, alternative))));
  const version3 = tagged(0xa0, hex("020102"));
  const serial = hex("020101");
  const content = sequence(version3, serial, algorithm, name, validity, name, publicKey.export({ type: "spki", format: "der" }), extensions);
  const signature = sign("sha256", content, privateKey);
  const certificate = sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  const pem = certificate.toString("base64").replace(/(.{64})/g, "$1\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
  };
}

const hex = (text) => Buffer.from(text, "hex");
const sequence = (...parts) => tagged(0x30, Buffer.concat(parts));
const utc = (time) => tagged(0x17, Buffer.from(`${new Date(time).toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));

function tagged(tag, content) {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
