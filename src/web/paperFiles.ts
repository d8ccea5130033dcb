// The files of papers: short ones while the reader waits, long ones as they were written in the background.
import type { RequestHandler } from 'express';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { askExport, cancelExport, fetchExport, isForm, questionOf, seeExport } from '../actions/exportPaper';
import { paperSource } from '../actions/paperSource';
import type { Context } from '../context';
import type { PaperForm } from '../domain/paper';
import { mostRowsAtOnce } from '../domain/paperExport';
import { Problem } from '../problems';
import { fileNameOf, kindIn, paperAddress, questionIn } from './paperQuestion';
import { datedTitle } from './paperWords';
import { askToSignIn, officerVisit, send, type Fields, type OfficerVisit, type Shown, type ShownFile } from './screen';
import { signedInAt } from './session';

const types: Readonly<Record<PaperForm, ShownFile['type']>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Throws paper_long where it has too many rows to be waited for. */
export async function showPaperFile(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const form = formIn(String(req.params['form']));
  const question = questionIn(visit, kindIn(String(req.params['kind'])));
  const source = await paperSource(ctx, actor, question);
  if (source.expected > mostRowsAtOnce) throw new Problem('paper_long');
  const parts: Uint8Array[] = [];
  for await (const part of ctx.writePaper(form, source, { at: ctx.now(), by: actor.name })) {
    parts.push(part);
    await turn();
  }
  return { file: Buffer.concat(parts), type: types[form], name: fileNameOf(question.kind, question.from, question.to, form) };
}

/** A short paper is given at once; a long one is written in the background, and found in the list. */
export async function takeExport(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const form = formIn(sent['form'] ?? '');
  const question = questionIn(visit, kindIn(String(req.params['kind'])));
  const { expected } = await paperSource(ctx, actor, question);
  if (expected <= mostRowsAtOnce) return { redirect: paperAddress(question, `.${form}`) };
  const { id } = await askExport(ctx, actor, question, form, datedTitle(question, 'vi'));
  return { redirect: `/papers/exports/${id}` };
}

export async function takeExportEnd(visit: OfficerVisit): Promise<Shown> {
  await cancelExport(visit.ctx, visit.actor, String(visit.req.params['id']));
  return { redirect: '/papers' };
}

/** Sent piece by piece: it may be long. Throws export_unknown, export_not_ready. */
export const sendExport =
  (ctx: Context): RequestHandler =>
  async (req, res) => {
    const signedIn = await signedInAt(ctx, req);
    if (!signedIn) return send(res, askToSignIn(req));
    const { actor } = officerVisit(ctx, req, res, signedIn);
    const found = await seeExport(ctx, actor, String(req.params['id']));
    if (found.state !== 'done') throw new Problem('export_not_ready');
    const { kind, from, to } = questionOf(found);
    res.set({
      'content-type': types[found.form],
      'content-length': String(found.byteCount),
      'content-disposition': `attachment; filename="${fileNameOf(kind, from, to, found.form)}"`,
      'cache-control': 'no-store',
    });
    const closed = once(res, 'close').catch(() => undefined);
    for await (const bytes of fetchExport(ctx, found)) {
      if (res.destroyed) return;
      if (!res.write(bytes)) await Promise.race([once(res, 'drain'), closed]);
      await turn();
    }
    res.end();
  };

function formIn(text: string): PaperForm {
  if (!isForm(text)) throw new Problem('route_unknown');
  return text;
}
