// Cash that goes back over the counter: what was asked for, with the next step of whoever looks.
import { decideCashReturn } from '../actions/askCashReturn';
import type { ListedReturn } from '../actions/listCashReturns';
import { payCashReturn } from '../actions/payCashReturn';
import { returnStateOf } from '../domain/cashReturn';
import { can, signatureOf } from '../domain/role';
import { Problem } from '../problems';
import { ActForm, actedOn, idIn } from './cashParts';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import type { Fields, OfficerVisit, Shown } from './screen';

interface Given {
  visit: OfficerVisit;
  returns: readonly ListedReturn[];
  back: string;
}

/** Nothing where nothing waits. */
export async function CashReturns({ visit, returns, back }: Given): Promise<JSX.Element> {
  const { ctx, t } = visit;
  if (returns.length === 0) return <></>;
  const names = await ctx.store.tables.officers.listNames();
  const counters = await payingCounters(visit);
  return (
    <section class="look-at">
      <h2 safe>{t('returns')}</h2>
      <table class="cards">
        <tbody>
          {returns.map(({ cashReturn, obligation }) => (
            <tr>
              <td class="amount strong" data-label={t('depositAmount')} safe>
                {inDong(cashReturn.amount)}
              </td>
              <td>
                <a href={`/obligations/${cashReturn.obligationId}`} safe>
                  {obligation?.reference ?? cashReturn.obligationId}
                </a>
                <span class="small muted block" safe>
                  {cashReturn.reason}
                </span>
                <span class="small muted block" safe>
                  {say(t('returnAsked'), {
                    name: names.get(cashReturn.askedBy) ?? cashReturn.askedBy,
                    time: inDateTime(cashReturn.askedAt),
                  })}
                </span>
              </td>
              <td>
                <span class={`state state-${returnStateOf(cashReturn) === 'asked' ? 'open' : 'part_paid'}`} safe>
                  {t(`returnState_${returnStateOf(cashReturn)}`)}
                </span>
              </td>
              <td>
                <Acts visit={visit} listed={{ cashReturn }} counters={counters} back={back} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type PayingCounter = Readonly<{ id: string; name: string }>;

/** Counters at which this person has the open shift. */
async function payingCounters({ ctx, actor }: OfficerVisit): Promise<PayingCounter[]> {
  if (actor.kind !== 'person' || !can(actor, 'work_shift')) return [];
  const { tables } = ctx.store;
  const counters = await tables.agencies.listCounters([actor.agencyCode]);
  const own: PayingCounter[] = [];
  for (const { id, name } of counters) {
    const last = await tables.shifts.findLast(id);
    if (last && !last.close && last.officerId === actor.officerId) own.push({ id, name });
  }
  return own;
}

function Acts({
  visit,
  listed: { cashReturn },
  counters,
  back,
}: {
  visit: OfficerVisit;
  listed: ListedReturn;
  counters: readonly PayingCounter[];
  back: string;
}): JSX.Element {
  const { actor, t } = visit;
  const state = returnStateOf(cashReturn);
  const isOwn = cashReturn.askedBy === signatureOf(actor);
  const mayDecide = !isOwn && can(actor, 'approve_refunds');
  const at = (act: string): string => `/cash-returns/${cashReturn.id}/${act}`;
  const hidden = { back };
  return (
    <div class="row tight">
      {mayDecide && state === 'asked' ? (
        <ActForm visit={visit} action={at('approve')} label={t('returnApprove')} isPrimary hidden={hidden} />
      ) : (
        ''
      )}
      {mayDecide ? <ActForm visit={visit} action={at('refuse')} label={t('returnRefuse')} hidden={hidden} /> : ''}
      {state === 'approved'
        ? counters.map(({ id, name }) => (
            <ActForm
              visit={visit}
              action={at('pay')}
              label={say(t('returnPay'), { amount: inDong(cashReturn.amount), counter: name })}
              isPrimary
              hidden={{ ...hidden, counter: id }}
            />
          ))
        : ''}
      {isOwn ? <ActForm visit={visit} action={at('withdraw')} label={t('returnWithdraw')} hidden={hidden} /> : ''}
    </div>
  );
}

const decisions = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;

/** Whatever the address says is done, and the page that it was done on is shown again. */
export function takeReturnAct(visit: OfficerVisit, fields: Fields): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const back = fields['back']?.startsWith('/shifts') ? fields['back'] : '/shifts';
  const act = String(req.params['act']);
  const returnId = idIn(visit);
  return actedOn(async () => {
    const decision = Object.entries(decisions).find(([name]) => name === act)?.[1];
    if (decision) await decideCashReturn(ctx, { actor, returnId, decision });
    else if (act === 'pay') await payCashReturn(ctx, { actor, returnId, counterId: fields['counter'] ?? '' });
    else throw new Problem('route_unknown');
    return back;
  }, back);
}
