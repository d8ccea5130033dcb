// The bytes of a request: bounded, and JSON only when it is UTF-8 and not too deep.
import type { IncomingMessage } from 'node:http';
import { Problem } from '../problems';

/** For webhooks and for the JSON API. */
export const maxBodyBytes = 64 * 1024;
const deepest = 32;

/** Throws body_too_large as soon as it is known; the rest of the body is not read. */
export function bytesOf(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers['content-length'] ?? 0) > maxBodyBytes) return reject(new Problem('body_too_large'));
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBodyBytes) return void chunks.push(chunk);
      req.pause();
      reject(new Problem('body_too_large'));
    });
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.once('error', reject);
    req.once('close', () => req.complete || reject(new Error('the request was cut off')));
  });
}

/** Throws json_invalid for broken or too deep JSON and for bytes that are not UTF-8. */
export function jsonOf(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    if (depthOf(text) > deepest) throw new Problem('json_invalid', 'too deep');
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('json_invalid');
  }
}

/** How deep brackets nest outside of strings: counted before parsing, because what comes after a deep parse is what breaks. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') most = Math.max(most, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return most;
}
