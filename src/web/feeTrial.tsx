// The trial of a version on past dossiers: the period asked, what would change, by how much, and dossiers to open.
import { setImmediate as turn } from 'node:timers/promises';
import { tryFee, type TriedVersion } from '../actions/tryFee';
import type { FeeVersion } from '../domain/feeVersion';
import type { TriedLine } from '../domain/feeTrial';
import type { Money } from '../domain/money';
import { addDays, dayOf, type Day } from '../domain/time';
import { say } from './counterLabels';
import { versionAddress } from './feeParts';
import { inDate, inDong } from './format';
import type { Label, Translate } from './labels';
import { askedDay } from './query';
import type { OfficerVisit } from './screen';

/** Before today, where nothing else is asked. */
const usualDays = 30;

/** The period that the address asks about, and what became of the trial; only the period while nothing is asked. */
export interface AskedTrial {
  from: Day;
  to: Day;
  tried?: TriedVersion;
}

export async function askedTrial({ ctx, req, actor }: OfficerVisit, versionId: string): Promise<AskedTrial> {
  const today = dayOf(ctx.now());
  const from = req.method === 'GET' ? askedDay(req, 'from') : undefined;
  if (!from) return { from: addDays(today, -usualDays), to: today };
  const to = askedDay(req, 'to') ?? today;
  return { from, to, tried: await tryFee(ctx, { actor, versionId, from, to, pause: () => turn() }) };
}

interface TrialGiven extends AskedTrial {
  version: FeeVersion;
  t: Translate;
}

export function TrialSection({ version, from, to, tried, t }: TrialGiven): JSX.Element {
  return (
    <section class="trial" id="trial">
      <h2 safe>{t('tryOn')}</h2>
      <p class="muted" safe>
        {t('tryOnHint')}
      </p>
      <form method="get" action={`${versionAddress(version.id)}#trial`} class="fee-search">
        <DayField name="from" label={t('from')} day={from} />
        <DayField name="to" label={t('to')} day={to} />
        <button safe>{t('tryOnGo')}</button>
      </form>
      {tried ? <Result tried={tried} t={t} /> : ''}
    </section>
  );
}

const DayField = ({ name, label, day }: { name: string; label: string; day: Day }): JSX.Element => (
  <label>
    <span safe>{label}</span>
    <input type="date" name={name} value={day} required />
  </label>
);

function Result({ tried: { trial, isCut }, t }: { tried: TriedVersion; t: Translate }): JSX.Element {
  if (trial.lines === 0) {
    return (
      <p class="empty" safe>
        {t('triedNone')}
      </p>
    );
  }
  const counts: [Label, number][] = [
    ['triedLines', trial.lines],
    ['triedDearer', trial.dearer],
    ['triedCheaper', trial.cheaper],
    ['triedAlike', trial.alike],
    ['triedRefused', trial.refused],
  ];
  return (
    <>
      {isCut ? (
        <p class="care" safe>
          {say(t('triedCut'), { count: String(trial.lines) })}
        </p>
      ) : (
        ''
      )}
      <dl class="sums">
        {counts.map(([label, count]) => (
          <div>
            <dt safe>{t(label)}</dt>
            <dd safe>{count.toLocaleString('de-DE')}</dd>
          </div>
        ))}
        <div>
          <dt safe>{t('triedSum')}</dt>
          <dd safe>{`${inDong(trial.before)} › ${inDong(trial.after)}`}</dd>
        </div>
        <div>
          <dt safe>{t('triedDifference')}</dt>
          <dd safe>{signedDong(trial.after.minus(trial.before))}</dd>
        </div>
      </dl>
      {trial.examples.length === 0 ? '' : <Examples lines={trial.examples} t={t} />}
    </>
  );
}

const Examples = ({ lines, t }: { lines: readonly TriedLine[]; t: Translate }): JSX.Element => (
  <table class="cards">
    <caption safe>{t('triedExamples')}</caption>
    <thead>
      <tr>
        <th safe>{t('todayDossier')}</th>
        <th safe>{t('day')}</th>
        <th class="amount" safe>
          {t('versionBefore')}
        </th>
        <th class="amount" safe>
          {t('versionAfter')}
        </th>
        <th class="amount" safe>
          {t('triedDifference')}
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => (
        <tr>
          <td class="name">
            <a href={`/obligations/${line.obligationId}`} safe>
              {line.dossierCode}
            </a>
          </td>
          <td data-label={t('day')} safe>
            {inDate(line.on)}
          </td>
          <td class="amount" data-label={t('versionBefore')} safe>
            {inDong(line.before)}
          </td>
          <td class="amount" data-label={t('versionAfter')} safe>
            {line.after ? inDong(line.after) : t('triedRefused')}
          </td>
          <td class="amount" data-label={t('triedDifference')}>
            {line.after ? signedDong(line.after.minus(line.before)) : '–'}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** `+5.000 ₫`, `−5.000 ₫`. */
function signedDong(amount: Money): string {
  if (amount.isZero()) return inDong(amount);
  return amount.isPositive() ? `+${inDong(amount)}` : inDong(amount).replace('-', '−');
}
