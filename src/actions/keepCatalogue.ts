// Keeps a catalogue of procedures and fees as it was sent, to be compared with our schedule; by itself it changes nothing.
import { createHash } from 'node:crypto';
import type { Context } from '../context';
import type { CatalogueFormat, CatalogueImport } from '../domain/catalogue';
import { signatureOf, type Actor } from '../domain/role';
import { isSoundText } from '../domain/text';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { demandOwnPlace } from './draftFee';

export const maxCatalogueBytes = 16 * 1024 * 1024;
/** Small enough that reading and comparing one piece is no wait for anybody. */
const partBytes = 32 * 1024;
const partsAtOnce = 32;
const longestFileName = 200;

export interface SentCatalogue {
  actor: Actor;
  fileName: string;
  bytes: Uint8Array;
}

/** Throws catalogue_too_large, catalogue_invalid where there is nothing in it. */
export async function keepCatalogue(ctx: Context, { actor, fileName, bytes }: SentCatalogue): Promise<CatalogueImport> {
  demand(actor, 'draft_fees');
  const agencies = await ctx.store.tables.agencies.list();
  const localityCode = agencies.find((agency) => actor.kind === 'person' && agency.code === actor.agencyCode)?.localityCode ?? '';
  await demandOwnPlace(ctx.store.tables, actor, localityCode);
  if (bytes.length > maxCatalogueBytes) throw new Problem('catalogue_too_large');
  if (bytes.length === 0) throw new Problem('catalogue_invalid', 'empty');
  const at = ctx.now();
  const catalogue: CatalogueImport = {
    id: ctx.id('catalogue'),
    name: soundName(fileName),
    format: formatOf(bytes),
    localityCode,
    comparedOn: dayOf(at),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    byteCount: bytes.length,
    partCount: Math.ceil(bytes.length / partBytes),
    keptBy: signatureOf(actor),
    keptAt: at,
    state: 'arriving',
    bytesRead: 0,
    rowsRead: 0,
    rowsAlike: 0,
    differenceCount: 0,
  };
  await ctx.store.transact((tables) => tables.catalogues.keep(catalogue));
  for (let from = 0; from < catalogue.partCount; from += partsAtOnce) await keepParts(ctx, catalogue, bytes, from);
  await ctx.store.transact((tables) => tables.catalogues.markArrived(catalogue.id));
  return { ...catalogue, state: 'waiting' };
}

const keepParts = (ctx: Context, { id, partCount }: CatalogueImport, bytes: Uint8Array, from: number): Promise<void> =>
  ctx.store.transact(async (tables) => {
    for (let position = from; position < Math.min(from + partsAtOnce, partCount); position++) {
      await tables.catalogues.keepPart(id, position, bytes.subarray(position * partBytes, (position + 1) * partBytes));
    }
  });

/** JSON begins with a bracket or a brace, after a byte order mark perhaps; anything else is taken for CSV. */
function formatOf(bytes: Uint8Array): CatalogueFormat {
  const start = new TextDecoder().decode(bytes.subarray(0, 1_000)).replaceAll('\0', '').trimStart();
  return /^[[{]/.test(start) ? 'json' : 'csv';
}

function soundName(fileName: string): string {
  const name = fileName.normalize('NFC').slice(0, longestFileName).trim();
  return name !== '' && isSoundText(name) ? name : 'catalogue';
}
