// A file that comes with a form: an officer's is read only once it is known who sends it, and none is larger than its place.
import type { Request, RequestHandler } from 'express';
import type { Context } from '../context';
import { isSoundText } from '../domain/text';
import { Problem } from '../problems';
import { askToSignIn, officerVisit, send, visitOf, type Fields, type OfficerVisit, type Shown, type Visit } from './screen';
import { demandOwnForm, signedInAt } from './session';

export interface SentFile {
  name: string;
  bytes: Uint8Array;
}

/** Reads a body up to so many bytes. Throws body_too_large. */
export type ReadBytes = (req: Request, most: number) => Promise<Buffer>;

/** The fields beside the file, and what frames them. */
const mostBesides = 64 * 1024;

/** A form with one file, called `file`, of at most `most` bytes. */
export const officerUpload =
  (
    ctx: Context,
    readBytes: ReadBytes,
    most: number,
    take: (visit: OfficerVisit, fields: Fields, file: SentFile) => Promise<Shown>,
  ): RequestHandler =>
  async (req, res) => {
    const signedIn = await signedInAt(ctx, req);
    if (!signedIn) return send(res, askToSignIn(req));
    const { fields, file } = await partsOf(req, await readBytes(req, most + mostBesides));
    demandOwnForm(req, signedIn, fields);
    send(res, await take(officerVisit(ctx, req, res, signedIn), fields, file));
  };

/** The same for everybody, without signing in. */
export const openUpload =
  (ctx: Context, readBytes: ReadBytes, most: number, take: (visit: Visit, file: SentFile) => Promise<Shown>): RequestHandler =>
  async (req, res) => {
    const { file } = await partsOf(req, await readBytes(req, most + mostBesides));
    if (file.bytes.length > most) throw new Problem('body_too_large');
    send(res, await take(visitOf(ctx, req, res), file));
  };

/** Node's own reader of multipart forms. */
async function partsOf(req: Request, body: Buffer): Promise<{ fields: Record<string, string>; file: SentFile }> {
  const form = await formIn(req, body);
  const fields: Record<string, string> = Object.create(null);
  let file: SentFile | undefined;
  for (const [name, value] of form.entries()) {
    if (typeof value !== 'string') file ??= { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
    else if (name in fields || !isSoundText(value)) throw new Problem('request_invalid', name);
    else fields[name] = value.normalize('NFC').trim();
  }
  if (!file) throw new Problem('request_invalid', 'file');
  return { fields, file };
}

async function formIn(req: Request, body: Buffer): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': req.get('content-type') ?? '' } }).formData();
  } catch {
    throw new Problem('request_invalid', 'multipart/form-data');
  }
}
