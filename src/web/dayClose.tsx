// The screen on which a day is closed: what will be signed, who prepared it, and the button of the second person; afterwards its number and hash.
import { closeDay } from '../actions/closeDay';
import { seeClose, type SeenClose } from '../actions/seeClose';
import type { DayCloseContent } from '../domain/dayClose';
import { vnd } from '../domain/money';
import { can } from '../domain/role';
import { parseDay } from '../domain/time';
import { Problem, refusals, type ProblemCode } from '../problems';
import { CarriedTable, CorrectionTable, SignedSums } from './dayCloseParts';
import { say } from './counterLabels';
import { dayAddress, dayPlaceIn } from './dayPlace';
import { inDate, inDong, inMoment } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { Facts } from './parts';
import type { Fields, OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

export const showClose = (visit: OfficerVisit): Promise<Shown> => page(visit);

const longestReason = 500;

/** Refusals are answered on the page, where one sees what has changed. */
export async function takeClose(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor } = visit;
  const place = dayPlaceIn(visit);
  const { contentHash, balanceReason } = sent;
  const act = sent['act'] === 'sign' ? 'sign' : 'prepare';
  try {
    if (balanceReason !== undefined && balanceReason.length > longestReason) throw new Problem('request_invalid', 'balanceReason');
    const seen = act === 'sign' ? { contentHash: contentHash ?? '' } : {};
    await closeDay(ctx, { actor, ...place, act, ...seen, ...(balanceReason ? { balanceReason } : {}) });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    if (error.code === 'day_closed') return { redirect: dayAddress(place, '/close') }; // a second click, or another tab
    visit.res.status(error.status);
    return page(visit, error);
  }
  return { redirect: dayAddress(place, '/close') };
}

async function page(visit: OfficerVisit, refused?: Problem): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const place = dayPlaceIn(visit);
  const seen = await seeClose(ctx, actor, place.accountId, place.day);
  const names = await ctx.store.tables.officers.listNames();
  const content = seen.close?.content ?? seen.open?.content;
  const { account, day } = seen;
  return (
    <OfficerPage visit={visit} title={`${t('closeDay')} ${inDate(day)}`} unit={await unitOf(visit)} look="day-close">
      <link rel="stylesheet" href="/assets/dayClose.css" />
      <p class="no-print">
        <a href={dayAddress(place)} data-key="Escape" safe>
          {t('closeToDay')}
        </a>
      </p>
      <div class="row head">
        <div class="grow">
          <h1 safe>{`${t('closeDay')} ${inDate(day)}`}</h1>
          <p safe>{`${t('closeAccount')} ${account.accountNumber} · ${account.accountName}`}</p>
        </div>
        <Standing seen={seen} visit={visit} />
      </div>
      {refused ? <Refused code={refused.code} detail={refused.detail} visit={visit} /> : ''}
      {seen.close ? <Sealed close={seen.close} names={names} visit={visit} /> : <Steps seen={seen} names={names} visit={visit} />}
      {content ? <Content content={content} names={names} visit={visit} /> : ''}
    </OfficerPage>
  );
}

type Names = ReadonlyMap<string, string>;
interface Given {
  visit: OfficerVisit;
  names: Names;
}

/** The day that was closed last, where it is one. */
function shownDetail(detail: string, t: Translate): string {
  const day = parseDay(detail);
  return day ? `${t('closeLast')}: ${inDate(day)}` : detail;
}

const Refused = ({
  code,
  detail,
  visit: { t, language },
}: {
  code: ProblemCode;
  detail: string | undefined;
  visit: OfficerVisit;
}): JSX.Element => (
  <div class="refusal" role="alert">
    <p class="refusal-what">{refusals[code][language]}</p>
    {detail ? <p safe>{shownDetail(detail, t)}</p> : ''}
  </div>
);

function Standing({ seen, visit: { t } }: { seen: SeenClose; visit: OfficerVisit }): JSX.Element {
  const { open } = seen;
  const state = seen.close ? 'closed' : !open?.draft ? 'open' : open.isFresh ? 'prepared' : 'changed';
  const look = { closed: 'paid', open: 'open', prepared: 'part_paid', changed: 'expired' }[state];
  return (
    <p class={`state state-${look} state-big`} safe>
      {t(`closeState_${state}`)}
    </p>
  );
}

/** What can never change any more. */
const Sealed = ({ close, names, visit: { t } }: Given & { close: NonNullable<SeenClose['close']> }): JSX.Element => (
  <section>
    <Facts
      facts={[
        [t('closeNumber'), String(close.number)],
        [t('closePreparedBy'), `${signedAs(close.preparedBy, names, t)} · ${inMoment(close.preparedAt)}`],
        [t('closeSignedBy'), `${signedAs(close.closedBy, names, t)} · ${inMoment(close.closedAt)}`],
      ]}
    />
    <dl class="hashes">
      <dt safe>{t('closeHash')}</dt>
      <dd safe>{close.hash}</dd>
      <dt safe>{t('closePreviousHash')}</dt>
      <dd safe>{close.previousHash}</dd>
    </dl>
    <p class="row no-print">
      <a class="button" href={`/papers/minutes?account=${encodeURIComponent(close.accountId)}&day=${close.day}`} safe>
        {t('closeMinutes')}
      </a>
      <a href="/closes" safe>
        {t('closes')}
      </a>
    </p>
  </section>
);

function Steps({ seen, names, visit }: Given & { seen: SeenClose }): JSX.Element {
  const { t, actor, language } = visit;
  const { open } = seen;
  if (!open) return <></>;
  const { draft, fault, isFresh } = open;
  const isMine = draft?.preparedBy === actor.officerId;
  return (
    <section class="stack">
      {draft ? <Facts facts={[[t('closePreparedBy'), `${signedAs(draft.preparedBy, names, t)} · ${inMoment(draft.preparedAt)}`]]} /> : ''}
      {fault ? (
        <div class="close-fault">
          <p class="strong" safe>{`${t('closeFault')}: ${refusals[fault.code][language]}`}</p>
          {fault.open ? (
            <a href={dayAddress({ accountId: seen.account.id, day: seen.day })} safe>
              {say(t('closeOpen'), { count: String(fault.open.count), amount: inDong(fault.open.amount) })}
            </a>
          ) : fault.detail ? (
            <p safe>{shownDetail(fault.detail, t)}</p>
          ) : (
            ''
          )}
        </div>
      ) : draft && isFresh ? (
        <Signing seen={seen} visit={visit} isMine={isMine} />
      ) : can(actor, 'prepare_close') ? (
        <Preparing seen={seen} visit={visit} isAgain={draft !== undefined} />
      ) : (
        ''
      )}
    </section>
  );
}

const Signing = ({
  seen: { account, day, open },
  visit,
  isMine,
}: {
  seen: SeenClose;
  visit: OfficerVisit;
  isMine: boolean;
}): JSX.Element => {
  const { t, actor, formToken } = visit;
  if (isMine || !can(actor, 'sign_close'))
    return (
      <p class="muted" safe>
        {t('closeWaitsSecond')}
      </p>
    );
  return (
    <form method="post" action={dayAddress({ accountId: account.id, day }, '/close')} class="row no-print">
      <FormToken token={formToken} />
      <input type="hidden" name="act" value="sign" />
      <input type="hidden" name="contentHash" value={open?.draft?.contentHash ?? ''} />
      <button class="primary" safe>
        {t('closeSign')}
      </button>
      <span class="small muted" safe>
        {t('closeSignHint')}
      </span>
    </form>
  );
};

const Preparing = ({ seen, visit, isAgain }: { seen: SeenClose; visit: OfficerVisit; isAgain: boolean }): JSX.Element => {
  const { t, formToken } = visit;
  const { account, day, open } = seen;
  return (
    <form method="post" action={dayAddress({ accountId: account.id, day }, '/close')} class="stack no-print">
      <FormToken token={formToken} />
      <input type="hidden" name="act" value="prepare" />
      {open && open.gap !== 0 ? (
        <>
          <p class="close-fault" safe>
            {`${t('closeGap')}: ${inDong(vnd(open.gap))}`}
          </p>
          <label class="close-reason">
            <span safe>{t('closeGapReason')}</span>
            <input name="balanceReason" value={open.content.balanceGap?.reason ?? ''} minlength={3} maxlength={longestReason} required />
          </label>
        </>
      ) : (
        ''
      )}
      <div>
        <button class="primary" safe>
          {t(isAgain ? 'closePrepareAgain' : 'closePrepare')}
        </button>
      </div>
    </form>
  );
};

const Content = ({ content, names, visit }: Given & { content: DayCloseContent }): JSX.Element => (
  <>
    <SignedSums content={content} visit={visit} />
    <CarriedTable content={content} names={names} visit={visit} />
    <CorrectionTable content={content} visit={visit} />
  </>
);
