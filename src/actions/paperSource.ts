// Where the rows of each paper come from: read some hundred at a time, as far as the actor sees them, and made into rows by the domain.
import type { Context, ReadTables } from '../context';
import { codesWithin } from '../domain/agency';
import { sumOf } from '../domain/money';
import type { PaperFrame, PaperKind, PaperMaker, PaperRows, PaperSource } from '../domain/paper';
import { madeAtOnce } from '../domain/paper';
import { cashBookPaper, cashColumns } from '../domain/paperCash';
import { declarationColumns, declarationPaper } from '../domain/paperDeclaration';
import { dailyColumns, dailyList, type DailyFact } from '../domain/paperDaily';
import { minutes, minutesColumns, minutesFacts } from '../domain/paperMinutes';
import { receiptSummaryColumns, receiptSummaryPaper } from '../domain/paperReceipts';
import { suspenseColumns, suspenseList, type SuspenseFact } from '../domain/paperSuspense';
import { takenOff } from '../domain/receiptSummary';
import { remitDue } from '../domain/remittance';
import { can, sees, type Actor } from '../domain/role';
import { shownPayer } from '../domain/shownPayer';
import { addDays, type Day } from '../domain/time';
import { Problem } from '../problems';
import { cashBook } from './cashBook';
import { accountInSight } from './closeDay';
import { demand } from './demand';
import { seeClose } from './seeClose';
import { seeRemittances } from './seeRemittances';
import { summariseReceipts } from './summariseReceipts';

/** What a paper is about; days in Vietnam, both included. */
export interface PaperQuestion {
  kind: PaperKind;
  /** The unit and all below it: the actor's own unless it is said. */
  agencyCode?: string;
  accountId?: string;
  collectorCode?: string;
  from: Day;
  /** Only of the daily list another than the first; the monthly totals are those of the month of the first. */
  to: Day;
}

const rowsAtATime = 500;
const longestPeriodDays = 366;

/** Throws agency_unknown, account_unknown, request_invalid for a period that is none, and what the rows' own actions throw. */
export async function paperSource(ctx: Context, actor: Actor, question: PaperQuestion): Promise<PaperSource> {
  demand(actor, 'see_finance');
  const { from, to } = question;
  if (to < from || addDays(from, longestPeriodDays) < to) throw new Problem('request_invalid', 'to');
  return sources[question.kind](ctx, actor, question);
}

type Source = (ctx: Context, actor: Actor, question: PaperQuestion) => Promise<PaperSource>;

const deskSigners = ['preparer', 'chief_accountant', 'head'] as const;

const dailySource: Source = async (ctx, actor, question) => {
  const { tables } = ctx.store;
  const { from, to, collectorCode } = question;
  const unit = await unitAsked(tables, actor, question);
  const span = { agencyCodes: unit.codes, from, to, ...(collectorCode ? { collectorCode } : {}) };
  const { count, amount } = await tables.papers.sumReceipts(span);
  return {
    frame: { kind: 'daily_list', unit: unit.name, facts: periodFacts(question), columns: dailyColumns, signers: deskSigners },
    expected: count,
    rows: () => dailyRows(tables, span),
    foot: async () => {
      const exits = await tables.receiptSummaries.listExits(span);
      return { total: amount.minus(sumOf(exits.map(takenOff))), rowCount: count + exits.length };
    },
  };
};

async function* dailyRows(tables: ReadTables, span: Parameters<ReadTables['papers']['listReceipts']>[0]): PaperRows {
  const names = await tables.officers.listNames();
  const nameOf = (signature: string): string => names.get(signature) ?? signature.replace(/^system:/, '');
  const maker = dailyList();
  for (let after: Awaited<ReturnType<typeof tables.papers.listReceipts>>[number] | undefined; ;) {
    const receipts = await tables.papers.listReceipts(span, rowsAtATime, after);
    const ways = await tables.papers.listWays([...new Set(receipts.map(({ obligationId }) => obligationId))]);
    const facts = receipts.map(({ content, day, obligationId, issuedBy }): DailyFact => {
      const own = ways.filter((way) => way.obligationId === obligationId);
      const officers = own.flatMap(({ officerId }) => officerId ?? []);
      return {
        receipt: content,
        day,
        bankReferences: [...new Set(own.flatMap(({ bankReference }) => bankReference ?? []))],
        officers: [...new Set(officers.length > 0 ? officers : [issuedBy])].map(nameOf),
      };
    });
    yield maker.rowsOf(facts);
    after = receipts.at(-1);
    if (receipts.length < rowsAtATime) break;
  }
  yield maker.rowsOf((await tables.receiptSummaries.listExits(span)).map((exit) => ({ exit })));
  const { rows, foot } = maker.end();
  yield rows;
  return foot;
}

const minutesSource: Source = async (ctx, actor, { accountId, from: day }) => {
  if (accountId === undefined) throw new Problem('account_unknown');
  const { tables } = ctx.store;
  const { account, close, open } = await seeClose(ctx, actor, accountId, day);
  const content = close?.content ?? open?.content;
  if (!content) throw new Problem('close_unknown');
  const names = await tables.officers.listNames();
  const nameOf = (signature: string): string => names.get(signature) ?? signature;
  const unit = (await tables.agencies.list()).find(({ code }) => code === account.agencyCode)?.name ?? account.agencyCode;
  const frame: PaperFrame = {
    kind: 'minutes',
    unit,
    columns: minutesColumns,
    signers: ['reconciler', 'chief_accountant'],
    ...minutesFacts(content, close, nameOf),
  };
  return { frame, ...madeAtOnce(minutes(nameOf), [content]) };
};

const cashSource: Source = async (ctx, actor, question) => {
  const { tables } = ctx.store;
  const unit = await unitAsked(tables, actor, question);
  const book = await cashBook(ctx, actor, unit.code, question.from);
  const names = await tables.officers.listNames();
  return {
    frame: {
      kind: 'cash_book',
      unit: unit.name,
      facts: [{ name: 'day', value: question.from, kind: 'day' }],
      columns: cashColumns,
      signers: ['cashier', 'chief_accountant', 'head'],
    },
    ...madeAtOnce(
      cashBookPaper((signature) => names.get(signature) ?? signature),
      [book],
    ),
  };
};

const suspenseSource: Source = async (ctx, actor, question) => {
  const { tables } = ctx.store;
  const { accountId, from: on } = question;
  const unit = await unitAsked(tables, actor, question);
  const account = accountId === undefined ? undefined : await accountInSight(tables, actor, accountId);
  const span = { agencyCodes: unit.codes, on, ...(account ? { accountId: account.id } : {}) };
  const list = async (after?: SuspenseFact): Promise<SuspenseFact[]> =>
    (await tables.papers.listSuspense(span, rowsAtATime, after)).map((fact) => asShown(fact, actor));
  const foot = await tables.papers.sumSuspense(span);
  return {
    frame: {
      kind: 'suspense',
      unit: unit.name,
      facts: [
        { name: 'endOfDay', value: on, kind: 'day' },
        ...(account ? [{ name: 'account', value: `${account.accountNumber} · ${account.accountName}`, kind: 'text' as const }] : []),
      ],
      columns: suspenseColumns,
      signers: deskSigners,
    },
    expected: foot.rowCount,
    rows: () => pagedRows(suspenseList(on), list),
    foot: () => Promise.resolve(foot),
  };
};

/** The payer as on every other screen; who does not see single payments sees no names and contents of them either. */
function asShown({ payerName, ...fact }: SuspenseFact, actor: Actor): SuspenseFact {
  if (!can(actor, 'see_transactions')) return { ...fact, content: '' };
  const name = shownPayer({ content: fact.content, ...(payerName ? { payerName } : {}) }, actor)?.name;
  return name === undefined ? fact : { ...fact, payerName: name };
}

async function* pagedRows<Fact>(maker: PaperMaker<Fact>, list: (after?: Fact) => Promise<Fact[]>): PaperRows {
  for (let after: Fact | undefined; ;) {
    const facts = await list(after);
    yield maker.rowsOf(facts);
    after = facts.at(-1);
    if (facts.length < rowsAtATime) break;
  }
  const { rows, foot } = maker.end();
  yield rows;
  return foot;
}

const receiptSource: Source = async (ctx, actor, { from: on, collectorCode }) => {
  const { collector, isPart, runs, exits, kinds } = await summariseReceipts(ctx, actor, on, collectorCode);
  const agencies = await ctx.store.tables.agencies.list();
  const unitName = (code: string): string => agencies.find((agency) => agency.code === code)?.name ?? code;
  return {
    frame: {
      kind: 'receipt_summary',
      unit: collector.name,
      facts: [
        { name: 'day', value: on, kind: 'day' },
        { name: 'taxCode', value: collector.taxCode, kind: 'text' },
        ...(isPart ? [{ name: 'part', value: '', kind: 'text' as const }] : []),
      ],
      columns: receiptSummaryColumns,
      signers: ['preparer', 'head'],
    },
    ...madeAtOnce(receiptSummaryPaper(), [{ runs, exits, kinds, unitName }]),
  };
};

const declarationSource: Source = async (ctx, actor, question) => {
  const unit = await unitAsked(ctx.store.tables, actor, question);
  const month = question.from.slice(0, 7);
  const totals = (await seeRemittances(ctx, actor, month, unit.code)).map(({ unit: { agency }, fees, owed }) => ({
    agencyCode: agency.code,
    unit: agency.name,
    month,
    fees,
    owed,
  }));
  return {
    frame: {
      kind: 'declaration',
      unit: unit.name,
      facts: [
        { name: 'month', value: month.split('-').reverse().join('/'), kind: 'text' },
        { name: 'declareBy', value: remitDue(month, 20), kind: 'day' },
      ],
      columns: declarationColumns,
      signers: deskSigners,
    },
    ...madeAtOnce(declarationPaper(), totals),
  };
};

const sources: Readonly<Record<PaperKind, Source>> = {
  daily_list: dailySource,
  minutes: minutesSource,
  cash_book: cashSource,
  suspense: suspenseSource,
  receipt_summary: receiptSource,
  declaration: declarationSource,
};

const periodFacts = ({ from, to }: PaperQuestion): PaperFrame['facts'] =>
  from === to
    ? [{ name: 'day', value: from, kind: 'day' }]
    : [
        { name: 'from', value: from, kind: 'day' },
        { name: 'to', value: to, kind: 'day' },
      ];

/** Throws agency_unknown, also for a unit that the actor does not see. */
async function unitAsked(
  tables: ReadTables,
  actor: Actor,
  { agencyCode }: PaperQuestion,
): Promise<{ code: string; name: string; codes: string[] }> {
  const agencies = await tables.agencies.list();
  const own = actor.kind === 'person' ? actor.agencyCode : agencies.find(({ parentCode }) => parentCode === undefined)?.code;
  const code = agencyCode ?? own;
  const agency = agencies.find((one) => one.code === code);
  if (!agency || !sees(actor, agency.code, agencies)) throw new Problem('agency_unknown');
  return { code: agency.code, name: agency.name, codes: codesWithin(agencies, agency.code) };
}
