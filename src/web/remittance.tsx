// One slip for the State budget: its lines, its steps, the movement that paid it, and the next step of whoever looks.
import { demand } from '../actions/demand';
import { slipInSight } from '../actions/draftRemittance';
import { movementsFor } from '../actions/confirmRemittance';
import { isSlipOverdue } from '../actions/seeRemittances';
import { remittanceCode, remittanceStateOf, stands, type Remittance, type RemittanceState } from '../domain/remittance';
import { can, signatureOf } from '../domain/role';
import { dayOf } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { ActForm, idIn, nameIn, Refused } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf, Facts } from './parts';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

/** `11/2026` */
export const inMonth = (month: string): string => month.split('-').reverse().join('/');

export async function showRemittance(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, t } = visit;
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const slip = await slipInSight(tables, actor, idIn(visit));
  const state = remittanceStateOf(slip);
  const account = await tables.accounts.find(slip.accountId);
  const agency = (await tables.agencies.list()).find(({ code }) => code === slip.agencyCode);
  const names = await tables.officers.listNames();
  const movements = state === 'sent' ? await movementsFor(tables, slip) : [];
  const title = say(t('remitSlipFor'), { number: String(slip.number), month: inMonth(slip.month) });
  return (
    <OfficerPage visit={visit} title={title} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {title}
        </h1>
        <SlipWords state={state} t={t} />
        {stands(slip) ? (
          <a class="button quiet" href={`/remittances/${slip.id}/slip.pdf`} safe>
            {t('remitPrint')}
          </a>
        ) : (
          ''
        )}
        <a class="button quiet" href={addressOf('/remittances', { month: slip.month, agency: slip.agencyCode })} safe>
          {t('remittances')}
        </a>
      </div>
      <Refused visit={visit} />
      <div class="two">
        <div class="stack">
          <Lines slip={slip} t={t} />
          {state === 'sent' ? <Movements visit={visit} slip={slip} movements={movements} /> : ''}
          <Steps slip={slip} names={names} t={t} />
        </div>
        <aside class="stack">
          <Facts
            facts={[
              [t('remitUnit'), agency?.name ?? slip.agencyCode],
              [t('remitAccount'), account ? `${account.accountNumber} · ${account.accountName}` : slip.accountId],
              [t('remitCode'), remittanceCode(slip)],
              [t('remitDue'), `${inDate(slip.dueDay)}${isSlipOverdue(slip, dayOf(ctx.now())) ? ` · ${t('remitOverdue')}` : ''}`],
            ]}
          />
          <p class="small muted" safe>
            {t('remitCodeHint')}
          </p>
          <Acts visit={visit} slip={slip} state={state} />
        </aside>
      </div>
    </OfficerPage>
  );
}

const looks: Record<RemittanceState, string> = {
  drafted: 'open',
  approved: 'part_paid',
  refused: 'cancelled',
  withdrawn: 'cancelled',
  sent: 'part_paid',
  confirmed: 'paid',
};

/** Word, icon and colour together. */
export const SlipWords = ({ state, t }: { state: RemittanceState; t: Translate }): JSX.Element => (
  <span class={`state state-${looks[state]}`} safe>
    {t(`remitState_${state}`)}
  </span>
);

const Lines = ({ slip, t }: { slip: Remittance; t: Translate }): JSX.Element => (
  <table class="cash-sums">
    <tbody>
      {slip.lines.map((line) => (
        <tr>
          <td>
            <span safe>{line.name}</span>
            <span class="small muted block" safe>
              {line.kind === 'owed' ? t('remitOwed') : line.subject}
            </span>
          </td>
          <td class="nowrap" safe>
            {inMonth(line.month)}
          </td>
          <td class="amount" safe>
            {inDong(line.amount)}
          </td>
        </tr>
      ))}
    </tbody>
    <tfoot>
      <tr>
        <td colspan="2" safe>
          {t('remitTotal')}
        </td>
        <td class="amount strong" safe>
          {inDong(slip.amount)}
        </td>
      </tr>
    </tfoot>
  </table>
);

/** The next step, for those who may take it. */
function Acts({ visit, slip, state }: { visit: OfficerVisit; slip: Remittance; state: RemittanceState }): JSX.Element {
  const { actor, t } = visit;
  const at = (act: string): string => `/remittances/${slip.id}/${act}`;
  const mayApprove = can(actor, 'approve_remittance') && state === 'drafted';
  const mayRemit = can(actor, 'remit');
  return (
    <div class="stack acts">
      {mayApprove && slip.draftedBy !== signatureOf(actor) ? (
        <ActForm visit={visit} action={at('approve')} label={t('remitApprove')} isPrimary />
      ) : (
        ''
      )}
      {mayApprove ? <ActForm visit={visit} action={at('refuse')} label={t('remitRefuse')} reason={t('remitReason')} /> : ''}
      {mayRemit && state === 'approved' ? <ActForm visit={visit} action={at('send')} label={t('remitSend')} isPrimary /> : ''}
      {mayRemit && ['drafted', 'approved', 'sent'].includes(state) ? (
        <ActForm visit={visit} action={at('withdraw')} label={t('remitWithdraw')} reason={t('remitReason')} />
      ) : (
        ''
      )}
      {mayRemit && state === 'confirmed' ? (
        <ActForm visit={visit} action={at('undo')} label={t('remitUndo')} reason={t('remitReason')} />
      ) : (
        ''
      )}
    </div>
  );
}

function Movements({ visit, slip, movements }: { visit: OfficerVisit; slip: Remittance; movements: readonly Transaction[] }): JSX.Element {
  const { actor, t } = visit;
  return (
    <section>
      <h2 safe>{t('remitMovements')}</h2>
      {movements.length === 0 ? (
        <p class="muted" safe>
          {t('remitMovementsNone')}
        </p>
      ) : (
        <table>
          <tbody>
            {movements.map((one) => (
              <tr>
                <td class="nowrap" safe>
                  {inDateTime(one.bankTime)}
                </td>
                <td class="amount" safe>
                  {inDong(one.amount)}
                </td>
                <td class="break">
                  <a href={`/transactions/${one.id}`} safe>
                    {one.content || one.id}
                  </a>
                </td>
                <td>
                  {can(actor, 'remit') ? (
                    <ActForm
                      visit={visit}
                      action={`/remittances/${slip.id}/confirm`}
                      label={t('remitConfirm')}
                      hidden={{ transaction: one.id }}
                    />
                  ) : (
                    ''
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const Steps = ({ slip, names, t }: { slip: Remittance; names: ReadonlyMap<string, string>; t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{t('remitSteps')}</h2>
    <ul class="plain">
      <li safe>{`${inDateTime(slip.draftedAt)} · ${t('remitDrafted')} · ${nameIn(names, slip.draftedBy)}`}</li>
      {slip.steps.map((step) => (
        <li safe>
          {[inDateTime(step.at), t(`remitState_${step.state}`), nameIn(names, step.by), step.reason].filter(Boolean).join(' · ')}
        </li>
      ))}
    </ul>
  </section>
);
