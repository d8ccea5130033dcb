// Catalogues as a ministry might send them, for tests.
import { setImmediate as turn } from 'node:timers/promises';
import { compareCatalogue } from '../../src/actions/compareCatalogue';
import { keepCatalogue } from '../../src/actions/keepCatalogue';
import type { Context } from '../../src/context';
import type { CatalogueImport, KeptDifference } from '../../src/domain/catalogue';
import type { Actor } from '../../src/domain/role';
import { drafter } from './feeStaff';

export const header = 'Mã TTHC,Tên phí lệ phí,Loại,Kênh thực hiện,Mức thu,Mô tả,Căn cứ pháp lý';

/** Keeps and compares it; what came of it. */
export async function imported(
  ctx: Context,
  content: string | Uint8Array,
  actor: Actor = drafter,
): Promise<{ catalogue: CatalogueImport; differences: KeptDifference[] }> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const { id } = await keepCatalogue(ctx, { actor, fileName: 'danh-muc.csv', bytes });
  await compareCatalogue(ctx, turn);
  const catalogue = await ctx.store.tables.catalogues.find(id);
  if (!catalogue) throw new Error('the catalogue was not kept');
  return { catalogue, differences: await ctx.store.tables.catalogues.listDifferences(id, undefined, 100_000) };
}

export const csv = (...rows: string[]): string => `\ufeff${header}\r\n${rows.join('\r\n')}\r\n`;
