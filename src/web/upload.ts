// A file that an officer sends with a form: read only once it is known who sends it, and no larger than its place.
import type { Request, RequestHandler } from 'express';
import type { Context } from '../context';
import { isSoundText } from '../domain/text';
import { Problem } from '../problems';
import { askToSignIn, officerVisit, send, type Fields, type OfficerVisit, type Shown } from './screen';
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
