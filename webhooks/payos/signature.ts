// How we know that it is payOS. Source: payos.vn/docs/tich-hop-webhook/kiem-tra-du-lieu-voi-signature and npm @payos/node 2.0.5
import { isWrittenObject, sortedJson, sortedMembers, textOf, writtenObject, type Written, type WrittenObject } from '../jsonTokens';
import { SignatureInvalid, type Secret, type WebhookRequest } from '../provider';
import { equal, hmacHex, ownerOf } from '../signature';
import { payosPayload } from './payload';

/** What payOS's own SDK writes as nothing. */
const asNothing = new Set(['null', 'undefined']);

/** Inside of a value: as if the value ended and a member that we read began. No bank writes so, nor does a person who pays. */
const otherMember = new RegExp(`&(?:code|${Object.keys(payosPayload.shape.data.shape).join('|')})=`);

/**
 * The owner of the secret that signed `data`: HMAC-SHA256 over its members by name, `name=value` joined by `&`, none of it URL-encoded.
 * Read from the body as sent: a member that is null is part of the text and one that is absent is not. There is no time in it:
 * what keeps a repeated request from counting twice is its id. Throws SignatureInvalid.
 */
export function verifyPayos({ body }: WebhookRequest, secrets: readonly Secret[]): string {
  const { '"data"': told, '"signature"': signature } = writtenObject(body);
  if (!isWrittenObject(told) || typeof signature !== 'string') throw new SignatureInvalid();
  const message = signedTextOf(told);
  return ownerOf(secrets, (secret) => equal(textOf(signature), hmacHex('sha256', secret, message)));
}

const signedTextOf = (told: WrittenObject): string =>
  sortedMembers(told)
    .map(([name, value]) => memberOf(textOf(name) ?? '', valueOf(value)))
    .join('&');

/** Nothing is escaped: a name or a value with another member in it could be cut in two ways, into another payment for the same signature. */
function memberOf(name: string, value: string): string {
  if (/[&=]/.test(name) || otherMember.test(value)) throw new SignatureInvalid();
  return `${name}=${value}`;
}

function valueOf(value: Written): string {
  if (value === null) return '';
  if (typeof value === 'string') return numberOrText(value);
  // Neither is sent so far, and nothing that we read is one: only the text of the signature must be right.
  if (Array.isArray(value)) return sortedJson(value, (token) => token);
  return isWrittenObject(value) ? '[object Object]' : String(value);
}

/** A number stays as it was sent. */
function numberOrText(token: string): string {
  const text = textOf(token) ?? token;
  return asNothing.has(text) ? '' : text;
}
