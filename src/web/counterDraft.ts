// What an officer has entered at the counter so far, checked piece by piece; nothing typed is lost when something is wrong.
import { obligationInSight } from '../actions/demand';
import { withMoney, type SeenObligation } from '../actions/seeObligation';
import { parseDossierCode } from '../domain/dossier';
import type { Channel } from '../domain/fee';
import { isPayable } from '../domain/obligation';
import { normalForm } from '../domain/reference';
import { Problem, refusals } from '../problems';
import type { Desk } from './desk';
import type { Fields, OfficerVisit } from './screen';

type Procedures = Awaited<ReturnType<OfficerVisit['ctx']['store']['tables']['procedures']['list']>>;
export type Procedure = Procedures[number];

/** Where on the form a message stands. */
export type Place = 'dossier' | 'procedure' | 'fees' | 'applicant' | 'email';
export type Faults = Partial<Record<Place, string>>;

export interface Draft {
  desk: Desk;
  /** As typed. */
  fields: Fields;
  channel: Channel;
  procedure?: Procedure;
  /** Procedures that fit the words typed, while none is chosen. */
  matches: readonly Procedure[];
  /** What the dossier has already; undefined until a code is looked up. */
  known?: readonly SeenObligation[];
  faults: Faults;
}

const mostMatches = 6;
const longestWords = 100;
const channels: readonly Channel[] = ['counter', 'online', 'postal'];
const procedurePattern = /^\d\.\d{6}(?=$|\.)/;

export async function draftOf(visit: OfficerVisit, desk: Desk, fields: Fields, faults: Faults = {}): Promise<Draft> {
  const found = await lookUp(visit, fields['dossier'] ?? '');
  const dossier = found.known?.[0]?.dossier;
  const filled = dossier
    ? { procedure: dossier.procedureCode, channel: dossier.channel, email: dossier.applicantEmail ?? '', ...withoutEmpty(fields) }
    : fields;
  const kept = dossier ? { ...filled, applicant: dossier.applicantName } : filled;
  const { procedure, matches } = await proceduresNamed(visit, kept['chosen'] || kept['procedure'] || '');
  return {
    desk,
    fields: procedure ? { ...kept, procedure: procedure.code } : kept,
    channel: channelIn(kept['channel']),
    ...(procedure ? { procedure } : {}),
    matches,
    ...(found.known ? { known: found.known } : {}),
    faults: { ...found.faults, ...faults },
  };
}

export const channelIn = (text: string | undefined): Channel => channels.find((channel) => channel === text) ?? 'counter';

/** The latest obligation of the dossier that still waits for money. */
export const waitingOf = ({ known }: Draft): SeenObligation | undefined => known?.findLast(({ obligation }) => isPayable(obligation));

/** The latest obligation of the dossier that stands. */
export const standingOf = ({ known }: Draft): SeenObligation | undefined => known?.findLast(({ obligation }) => !obligation.cancelled);

const withoutEmpty = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));

const dossierFaults = { shape: 'dossier_code_invalid', date: 'dossier_date_invalid', province: 'dossier_province_unknown' } as const;

async function lookUp({ ctx, actor, language }: OfficerVisit, text: string): Promise<Pick<Draft, 'known' | 'faults'>> {
  if (text === '') return { faults: {} };
  const code = parseDossierCode(text);
  if (!code.ok) return { faults: { dossier: refusals[dossierFaults[code.why]][language] } };
  const { tables } = ctx.store;
  const dossier = await tables.dossiers.findByNormalForm(code.normalForm);
  const obligations = dossier ? await tables.obligations.ofDossier(dossier.id) : [];
  const inSight = await Promise.all(obligations.map(({ id }) => obligationInSight(tables, actor, id).catch(ignoreProblem)));
  const known = await withMoney(
    tables,
    inSight.filter((obligation) => obligation !== undefined),
  );
  return { known, faults: {} };
}

function ignoreProblem(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
  return undefined;
}

/** By code, also in a province's longer writing; else by words in any case, with or without marks. */
export async function proceduresNamed({ ctx }: OfficerVisit, text: string): Promise<Pick<Draft, 'procedure' | 'matches'>> {
  const code = procedurePattern.exec(text)?.[0];
  const procedure = code === undefined ? undefined : await ctx.store.tables.procedures.find(code);
  if (procedure) return { procedure, matches: [] };
  const words = text
    .slice(0, longestWords)
    .split(/\s+/)
    .map(normalForm)
    .filter((word) => word !== '');
  if (words.length === 0) return { matches: [] };
  const matches = (await ctx.store.tables.procedures.list()).filter(({ code: known, name }) => {
    const searched = normalForm(`${known} ${name}`);
    return words.every((word) => searched.includes(word));
  });
  const [only] = matches;
  return only && matches.length === 1 ? { procedure: only, matches: [] } : { matches: matches.slice(0, mostMatches + 1) };
}

export { mostMatches };
