// The dossiers behind one number of the ratio board: as many as the number says, each with its obligations.
import { explainRatio, type RatioMemberSeen } from '../actions/explainRatio';
import { reportRatios, totalKey, type RatioRow } from '../actions/reportRatios';
import type { RatioPart } from '../domain/ratio';
import { dayOf } from '../domain/time';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf, ObligationLink } from './parts';
import { askedChoice, askedInstant, askedText } from './query';
import { boardAddress, periodWords, ratioAsked } from './ratioQuestion';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const pageSize = 50;
const parts = ['denominator', 'cashless', 'online'] as const;

export async function showRatioMembers(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const asked = ratioAsked(req, ctx.now());
  const asOf = askedInstant(req, 'asOf') ?? ctx.now();
  const key = askedText(req, 'key') ?? totalKey;
  const part = askedChoice(req, 'part', parts);
  const question = { actor, ...asked, asOf };
  const members = await explainRatio(ctx, { ...question, key, part }, pageSize + 1, askedText(req, 'cursor'));
  const report = await reportRatios(ctx, question);
  const row = key === totalKey ? report.total : report.rows.find((one) => one.key === key);
  const shown = members.slice(0, pageSize);
  const next = members.length > pageSize ? shown.at(-1)?.dossier.id : undefined;
  return (
    <OfficerPage visit={visit} title={t('members')} unit={await unitOf(visit)} look="members">
      <p class="no-print">
        <a href={boardAddress(asked)} safe>{`‹ ${t('backToRatios')}`}</a>
      </p>
      <h1 safe>{t(`part_${part}`)}</h1>
      <p>
        <strong class="sum" safe>
          {String(countOf(row, part))}
        </strong>{' '}
        <span class="muted" safe>
          {[t('dossiersCounted'), nameOf(row, t), `${t('period')} ${periodWords(asked)}`, `${t('asOf')} ${inDateTime(asOf)}`].join(' · ')}
        </span>
      </p>
      {shown.length === 0 ? (
        <p class="empty" safe>
          {t('noMembers')}
        </p>
      ) : (
        <Members members={shown} names={await namesFor(visit)} t={t} />
      )}
      {next ? (
        <p>
          <a class="button" href={addressOf('/ratios/members', { key, part, ...asked, asOf, cursor: next })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

/** The number of the board, read from the same report. */
const countOf = (row: RatioRow | undefined, part: RatioPart): number =>
  row ? { denominator: row.obligations, cashless: row.paidCashless, online: row.paidOnline }[part] : 0;

const nameOf = (row: RatioRow | undefined, t: Translate): string => (!row || row.key === totalKey ? t('total') : row.name);

interface Names {
  agencies: ReadonlyMap<string, string>;
  procedures: ReadonlyMap<string, string>;
}

async function namesFor({ ctx }: OfficerVisit): Promise<Names> {
  const byCode = (rows: readonly { code: string; name: string }[]) => new Map(rows.map(({ code, name }) => [code, name]));
  const { agencies, procedures } = ctx.store.tables;
  return { agencies: byCode(await agencies.list()), procedures: byCode(await procedures.list()) };
}

interface Rows {
  members: readonly RatioMemberSeen[];
  names: Names;
  t: Translate;
}

const Members = ({ members, names, t }: Rows): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('dossierCode')}</th>
        <th safe>{t('procedure')}</th>
        <th safe>{t('agency')}</th>
        <th safe>{t('createdOn')}</th>
        <th safe>{t('countedAs')}</th>
        <th safe>{t('stateNow')}</th>
        <th class="amount" safe>
          {t('amountDue')}
        </th>
        <th class="amount" safe>
          {t('amountOnline')}
        </th>
      </tr>
    </thead>
    <tbody>
      {members.map((member) => (
        <Member member={member} names={names} t={t} />
      ))}
    </tbody>
  </table>
);

const Member = ({
  member: { dossier, standing, obligations },
  names,
  t,
}: {
  member: RatioMemberSeen;
  names: Names;
  t: Translate;
}): JSX.Element => (
  <tr class="member">
    <td class="name nowrap" safe>
      {dossier.code}
    </td>
    <td class="procedure" data-label={t('procedure')}>
      <span class="clamp" safe>
        {names.procedures.get(dossier.procedureCode) ?? ''}
      </span>
      <span class="small muted block" safe>
        {dossier.procedureCode}
      </span>
    </td>
    <td class="agency" data-label={t('agency')} safe>
      {names.agencies.get(dossier.agencyCode) ?? dossier.agencyCode}
    </td>
    <td class="nowrap" data-label={t('createdOn')} safe>
      {inDate(dayOf(dossier.processingStartedAt ?? dossier.createdAt))}
    </td>
    <td class="counted" data-label={t('countedAs')} safe>
      {countedWords(standing, t)}
    </td>
    <td data-label={t('stateNow')}>
      {obligations.map((obligation) => (
        <ObligationLink obligation={obligation} t={t} />
      ))}
    </td>
    <td class="amount" data-label={t('amountDue')} safe>
      {inDong(standing.amountDue)}
    </td>
    <td class="amount" data-label={t('amountOnline')} safe>
      {inDong(standing.amountOnline)}
    </td>
  </tr>
);

const countedWords = ({ cashless, online }: RatioMemberSeen['standing'], t: Translate): string =>
  [cashless > 0 && t('counts_cashless'), online > 0 && t('counts_online')].filter(Boolean).join(', ') || '–';
