// The movements that a statement lists, of one kind, each with the transaction that it is.
import { listedKinds, listListed, seeStatement, type ListedKind } from '../actions/seeStatements';
import { Problem } from '../problems';
import { inDate, inDong } from './format';
import { say } from './counterLabels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedChoice, askedText } from './query';
import type { Translate } from './labels';
import type { OfficerVisit, Shown } from './screen';
import { countWords, statementAddress } from './statements';
import { unitOf } from './unit';

type Listed = Awaited<ReturnType<typeof listListed>>['lines'][number];

export const listedAddress = (id: string, kind: ListedKind, after?: number): string =>
  addressOf(statementAddress(id, '/lines'), { kind, after: after === undefined ? undefined : String(after) });

export async function showStatementLines(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const seen = await seeStatement(ctx, actor, String(req.params['id']));
  const kind = askedChoice(req, 'kind', listedKinds);
  const after = askedText(req, 'after') ?? '0';
  if (!/^\d{1,9}$/.test(after)) throw new Problem('request_invalid', 'after');
  const { lines, next } = await listListed(ctx, seen, kind, Number(after));
  const { id, name } = seen.file;
  return (
    <OfficerPage visit={visit} title={t('listedLines')} unit={await unitOf(visit)} look="statements">
      <link rel="stylesheet" href="/assets/statements.css" />
      <p>
        <a href={statementAddress(id)} data-key="Escape" safe>
          {name}
        </a>
      </p>
      <h1 safe>{t('listedLines')}</h1>
      <nav class="row" aria-label={t('listedLines')}>
        {listedKinds.map((one) => (
          <a href={listedAddress(id, one)} aria-current={one === kind ? 'page' : undefined} safe>
            {t(`listed_${one}`)}
          </a>
        ))}
      </nav>
      <ListedTable lines={lines} t={t} />
      {next === undefined ? (
        ''
      ) : (
        <p>
          <a href={listedAddress(id, kind, next)} safe>
            {t('listedMore')}
          </a>
        </p>
      )}
    </OfficerPage>
  );
}

const ListedTable = ({ lines, t }: { lines: readonly Listed[]; t: Translate }): JSX.Element =>
  lines.length === 0 ? (
    <p class="empty" safe>
      {t('listedNone')}
    </p>
  ) : (
    <table class="listed-lines cards">
      <thead>
        <tr>
          <th class="amount" safe>
            {t('rejectedRow')}
          </th>
          <th safe>{t('column_day')}</th>
          <th safe>{t('bankReferenceWord')}</th>
          <th safe>{t('content')}</th>
          <th class="amount" safe>
            {t('directionIn')}
          </th>
          <th class="amount" safe>
            {t('directionOut')}
          </th>
          <th safe>{t('statementState')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <ListedRow line={line} t={t} />
        ))}
      </tbody>
    </table>
  );

const amountOn = (side: Listed['direction'], { direction, amount }: Listed): string => (side === direction ? inDong(amount) : '');

const ListedRow = ({ line, t }: { line: Listed; t: Translate }): JSX.Element => (
  <tr>
    <td class="amount" data-label={t('rejectedRow')} safe>
      {countWords(line.row)}
    </td>
    <td data-label={t('column_day')} safe>
      {inDate(line.day)}
    </td>
    <td class="break" data-label={t('bankReferenceWord')}>
      <span safe>{line.bankReference ?? ''}</span>
      {line.firstReference === undefined ? (
        ''
      ) : (
        <span class="small muted block" safe>
          {say(t('listedRenumbered'), { reference: line.firstReference })}
        </span>
      )}
    </td>
    <td class="break" data-label={t('content')} safe>
      {line.content}
    </td>
    <td class="amount" data-label={t('directionIn')} safe>
      {amountOn('in', line)}
    </td>
    <td class="amount" data-label={t('directionOut')} safe>
      {amountOn('out', line)}
    </td>
    <td data-label={t('statementState')}>
      <a href={line.transactionId ? `/transactions/${line.transactionId}` : decisionAddress(line)} safe>
        {t(`listed_${line.kind}`)}
      </a>
    </td>
  </tr>
);

/** Where a person says what a line is, or has said that it is an older one. */
const decisionAddress = ({ fileId, kind }: Listed): string => statementAddress(fileId, kind === 'held' ? '#held' : '#decided');
