// The JSON that Casso signs: the body with its keys in order, as one of the languages of its samples would write it.
import { sortedJson, textOf, writtenObject } from '../jsonTokens';

/** How a language writes a text; a number stays as it was sent in all of them. */
type Writer = (text: string) => string;

/** JavaScript, and the libraries of the Java and .NET samples: nothing escaped but what must be. */
const plain: Writer = (text) => JSON.stringify(text);

/** Python's `json.dumps`: ASCII only. */
const ascii: Writer = (text) => plain(text).replace(/[\u0080-\uffff]/g, escaped);

/** PHP's `json_encode`: ASCII only, and every slash escaped. */
const asciiWithSlashes: Writer = (text) => ascii(text).replaceAll('/', '\\/');

/** Go's `json.Marshal`: safe inside of HTML. */
const htmlSafe: Writer = (text) => plain(text).replace(/[<>&\u2028\u2029]/g, escaped);

const writers: readonly Writer[] = [plain, ascii, asciiWithSlashes, htmlSafe];

/**
 * The texts of which a genuine signature may cover one: the tokens as they were sent, then as each language would write them.
 * Casso says "JSON" and publishes six samples that agree on ASCII only; which one its server follows for `Phí hồ sơ` it does not say.
 * All of them mean the same, so accepting any gives nothing away. An ASCII body has one. Throws SignatureInvalid for unsound JSON.
 * Source: github.com/CassoHQ/casso-webhook-v2-verify-signature
 */
export function signedTextsOf(body: Buffer): string[] {
  const written = writtenObject(body);
  const asSent = sortedJson(written, (token) => token);
  return [...new Set([asSent, ...writers.map((writer) => sortedJson(written, (token) => rewritten(token, writer)))])];
}

function rewritten(token: string, writer: Writer): string {
  const text = textOf(token);
  return text === undefined ? token : writer(text);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
