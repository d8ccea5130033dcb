// The bytes of a request: bounded, and JSON only when it is UTF-8, not too deep and has one meaning.
import type { IncomingMessage } from 'node:http';
import { jsonFaultIn } from '../domain/jsonText';
import { Problem } from '../problems';

/** For webhooks and for the JSON API. */
export const maxBodyBytes = 64 * 1024;

/** Throws body_too_large as soon as it is known that there are more than `most`; the rest of the body is not read. */
export function bytesOf(req: IncomingMessage, most = maxBodyBytes): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers['content-length'] ?? 0) > most) return reject(new Problem('body_too_large'));
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) return void chunks.push(chunk);
      req.pause();
      reject(new Problem('body_too_large'));
    });
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.once('error', reject);
    req.once('close', () => req.complete || reject(new Error('the request was cut off')));
  });
}

/** Throws json_invalid for broken or too deep JSON, for an object that names a key twice, and for bytes that are not UTF-8. */
export function jsonOf(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const fault = jsonFaultIn(text);
    if (fault) throw new Problem('json_invalid', fault.reason);
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('json_invalid');
  }
}
