// Shows the catalogues that were sent: how far each is, what was found by kind, and the differences of one kind page by page.
import type { Context } from '../context';
import type { CatalogueImport, DifferenceKind } from '../domain/catalogue';
import type { Actor } from '../domain/role';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { judgeRows, type JudgedRow } from './draftFromCatalogue';

export const differencesOnPage = 50;
const mostImports = 50;

export async function listCatalogues({ store }: Context, actor: Actor): Promise<CatalogueImport[]> {
  demand(actor, 'see_fee_drafts');
  return store.tables.catalogues.list(mostImports);
}

export interface SeenCatalogue {
  catalogue: CatalogueImport;
  counts: ReadonlyMap<DifferenceKind, number>;
  /** Each with what can be drafted of it today; nothing of a catalogue that was refused. */
  rows: readonly JudgedRow[];
  /** The position after which the next page begins. */
  next?: number;
}

/** Throws catalogue_unknown. */
export async function seeCatalogue(
  { store, now }: Pick<Context, 'store' | 'now'>,
  actor: Actor,
  { id, kind, after }: { id: string; kind?: DifferenceKind; after?: number },
): Promise<SeenCatalogue> {
  demand(actor, 'see_fee_drafts');
  const { catalogues } = store.tables;
  const catalogue = await catalogues.find(id);
  if (!catalogue) throw new Problem('catalogue_unknown');
  if (catalogue.state === 'refused') return { catalogue, counts: new Map(), rows: [] };
  const found = await catalogues.listDifferences(id, kind, differencesOnPage + 1, after);
  const differences = found.slice(0, differencesOnPage);
  const last = differences.at(-1);
  return {
    catalogue,
    counts: await catalogues.countDifferences(id),
    rows: await judgeRows(store.tables, catalogue, differences, dayOf(now())),
    ...(found.length > differencesOnPage && last ? { next: last.position } : {}),
  };
}
