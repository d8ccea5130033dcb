// Maps a layout that no reader knows: a person says once what each column is, and the file is read with that, as are all like it.
import type { Context } from '../context';
import { headerForm } from '../domain/headerForm';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { rejectedReasons, statementColumns, type StatementColumn } from '../statements/reader';
import { demand } from './demand';
import { seeStatement, type SeenStatement } from './seeStatements';

export { rejectedReasons, statementColumns, type StatementColumn };

export interface Mapping {
  name: string;
  /** What each column of the header is, by its place; undefined: nothing of ours. */
  columns: readonly (StatementColumn | undefined)[];
  debitIs: 'out' | 'in';
  fillsDatesDown: boolean;
}

export interface UnknownLayout extends SeenStatement {
  /** Its header row first. */
  sample: readonly (readonly string[])[];
}

/** Throws statement_unknown, and statement_ended where its layout is not what is missing. */
export async function seeUnknownLayout(ctx: Context, actor: Actor, id: string): Promise<UnknownLayout> {
  const seen = await seeStatement(ctx, actor, id);
  if (seen.file.state !== 'refused' || seen.file.problem !== 'layout_unknown') throw new Problem('statement_ended');
  return { ...seen, sample: await ctx.store.tables.statements.findSample(id) };
}

/** The file, waiting to be read again. Throws layout_invalid where a needed column is missing or one is named twice. */
export async function mapLayout(ctx: Context, actor: Actor, id: string, mapping: Mapping): Promise<SeenStatement> {
  demand(actor, 'import_statements');
  const { sample } = await seeUnknownLayout(ctx, actor, id);
  const [header = []] = sample;
  const headers = headersOf(header, mapping.columns);
  await ctx.store.transact(async (tables) => {
    if (!(await tables.statements.markMended(id))) throw new Problem('statement_ended');
    await tables.statements.keepLayout({
      id: ctx.id('statementLayout'),
      name: mapping.name,
      headers,
      debitIs: mapping.debitIs,
      fillsDatesDown: mapping.fillsDatesDown,
      headerMark: header.map(headerForm).join('|'),
      madeBy: signatureOf(actor),
      madeAt: ctx.now(),
    });
  });
  return seeStatement(ctx, actor, id);
}

function headersOf(header: readonly string[], columns: Mapping['columns']): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = {};
  for (const [place, column] of columns.entries()) {
    const text = headerForm(header[place] ?? '');
    if (column === undefined || text === '') continue;
    if (column in headers || !statementColumns.includes(column)) throw new Problem('layout_invalid', column);
    headers[column] = [text];
  }
  const has = (column: StatementColumn): boolean => column in headers;
  const isWhole = has('day') && has('content') && (has('amount') ? !has('debit') && !has('credit') : has('debit') && has('credit'));
  if (!isWhole) throw new Problem('layout_invalid');
  return headers;
}
