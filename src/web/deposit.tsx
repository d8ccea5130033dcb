// One deposit: what it brought, what arrived of it, credits that may be it, and the way to withdraw a wrong record.
import { seeDeposit, type ExplainedDeposit } from '../actions/listDeposits';
import type { Account } from '../domain/agency';
import { can } from '../domain/role';
import { ActForm, idIn, nameIn, Refused } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import { OfficerPage } from './layout';
import { Facts } from './parts';
import type { OfficerVisit, Shown } from './screen';
import { DepositWords } from './deposits';
import { ShiftLink } from './shifts';
import { unitOf } from './unit';

export async function showDeposit(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const seen = await seeDeposit(ctx, actor, idIn(visit));
  const { deposit } = seen;
  const account = await ctx.store.tables.accounts.find(deposit.accountId);
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={t('depositsTitle')} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {`${t('depositsTitle')} · ${inDong(deposit.amount)}`}
        </h1>
        <DepositWords seen={seen} t={t} />
        <a class="button quiet" href="/deposits" safe>
          {t('deposits')}
        </a>
      </div>
      <Refused visit={visit} />
      <div class="two">
        <div class="stack">
          {seen.state === 'withdrawn' || seen.state === 'arrived' ? '' : <Candidates visit={visit} seen={seen} />}
          <Credits visit={visit} seen={seen} />
          <section>
            <h2 safe>{t('depositShifts')}</h2>
            <ul class="plain">
              {seen.shifts.map((one) => (
                <li class="row tight">
                  <ShiftLink seen={one} t={t} />
                  <span safe>{inDong(seen.parts.find(({ shiftId }) => shiftId === one.shift.id)?.amount ?? deposit.amount)}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <aside class="stack">
          <About visit={visit} seen={seen} account={account} names={names} />
        </aside>
      </div>
    </OfficerPage>
  );
}

/** What the bank counted less: who confirmed it or took that back, and the next step. */
function Short({ visit, seen: { deposit, state, onItsWay, shortages }, names }: Omit<AboutGiven, 'account'>): JSX.Element {
  const { actor, t } = visit;
  const act = can(actor, 'sign_close') ? (state === 'differs' ? 'confirm' : deposit.short.isPositive() ? 'back' : undefined) : undefined;
  return (
    <>
      {shortages.map(({ amount, note, by, at }) => (
        <p class="small break" safe>
          {`${inDong(amount)} · ${note} · ${nameIn(names, by)} · ${inDateTime(at)}`}
        </p>
      ))}
      {act === 'confirm' ? (
        <ActForm
          visit={visit}
          action={`/deposits/${deposit.id}/shortage`}
          label={say(t('depositShortConfirm'), { amount: inDong(onItsWay) })}
          reason={t('depositShortNote')}
        >
          <p class="small muted" safe>
            {t('depositShortHint')}
          </p>
        </ActForm>
      ) : (
        ''
      )}
      {act === 'back' ? (
        <ActForm
          visit={visit}
          action={`/deposits/${deposit.id}/shortage/take-back`}
          label={t('depositShortBack')}
          reason={t('depositShortBackNote')}
        />
      ) : (
        ''
      )}
    </>
  );
}

interface AboutGiven {
  visit: OfficerVisit;
  seen: ExplainedDeposit;
  account: Account | undefined;
  names: ReadonlyMap<string, string>;
}

function About({ visit, seen, account, names }: AboutGiven): JSX.Element {
  const { actor, t } = visit;
  const { deposit } = seen;
  const mayWithdraw = seen.state === 'waiting' && (can(actor, 'work_shift') || can(actor, 'remit'));
  return (
    <>
      <Facts
        facts={[
          [t('depositAccount'), account ? `${account.accountNumber} · ${account.accountName}` : deposit.accountId],
          [t('depositDay'), inDate(deposit.day)],
          [t('depositSlip'), deposit.slipNumber],
          [t('depositCode'), deposit.code],
          [t('depositBy'), `${nameIn(names, deposit.by)} · ${inDateTime(deposit.at)}`],
          [t('depositArrived'), inDong(seen.arrived)],
          [t('depositOnWay'), seen.onItsWay.isZero() ? undefined : inDong(seen.onItsWay)],
          [t('depositShort'), deposit.short.isZero() ? undefined : inDong(deposit.short)],
          [t('depositWithdrawReason'), deposit.withdrawn?.reason],
        ]}
      />
      {seen.state === 'waiting' ? (
        <p class="small muted" safe>
          {t('depositCodeHint')}
        </p>
      ) : (
        ''
      )}
      <Short visit={visit} seen={seen} names={names} />
      {mayWithdraw ? (
        <ActForm
          visit={visit}
          action={`/deposits/${deposit.id}/withdraw`}
          label={t('depositWithdraw')}
          reason={t('depositWithdrawReason')}
        />
      ) : (
        ''
      )}
    </>
  );
}

function Candidates({ visit, seen: { deposit, candidates } }: { visit: OfficerVisit; seen: ExplainedDeposit }): JSX.Element {
  const { actor, t } = visit;
  return (
    <section>
      <h2 safe>{t('depositCandidates')}</h2>
      {candidates.length === 0 ? (
        <p class="muted" safe>
          {t('depositCandidatesNone')}
        </p>
      ) : (
        <table class="cards">
          <tbody>
            {candidates.map((one) => (
              <tr>
                <td class="amount" safe>
                  {inDong(one.amount)}
                </td>
                <td class="name">
                  <a href={`/transactions/${one.id}`} safe>
                    {one.content || one.id}
                  </a>
                  <span class="small muted block" safe>
                    {inDateTime(one.bankTime)}
                  </span>
                </td>
                <td>
                  {can(actor, 'resolve') ? (
                    <ActForm
                      visit={visit}
                      action={`/deposits/${deposit.id}/attach`}
                      label={t('depositAttach')}
                      reason={t('depositReason')}
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

const Credits = ({ visit: { t }, seen: { credits } }: { visit: OfficerVisit; seen: ExplainedDeposit }): JSX.Element =>
  credits.length === 0 ? (
    <></>
  ) : (
    <section>
      <h2 safe>{t('depositCredits')}</h2>
      <ul class="plain">
        {credits.map((one) => (
          <li class="row tight">
            <a href={`/transactions/${one.id}`} safe>
              {inDong(one.amount)}
            </a>
            <span safe>{inDateTime(one.bankTime)}</span>
            <span class="muted break" safe>
              {one.content}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
