// Clearing what was looked at: the form beside each message or movement that pays nothing, who has seen it, and the form as it is sent.
import type { StrangeMoney } from '../actions/listStrangeMoney';
import { markSeen } from '../actions/markSeen';
import { can } from '../domain/role';
import type { Seen } from '../domain/seen';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { FormToken } from './layout';
import type { Fields, OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';

const longestNote = 200;

/** What every list of strange money shows beside its rows. */
export interface Looking {
  visit: OfficerVisit;
  /** Of those who have seen something. */
  names: ReadonlyMap<string, string>;
  seen: readonly Seen[];
}

export const lookingOf = async (visit: OfficerVisit, seen: readonly Seen[]): Promise<Looking> => ({
  visit,
  names: seen.length === 0 ? new Map() : await visit.ctx.store.tables.officers.listNames(),
  seen,
});

export const ShowSeen = ({ t }: { t: Translate }): JSX.Element => (
  <p class="pages">
    <a href="/unmatched?seen=1#strange" safe>
      {t('showSeen')}
    </a>
  </p>
);

/** Above what was seen, with the way back. */
export const SeenHead = ({ strange: { seen }, t }: { strange: StrangeMoney; t: Translate }): JSX.Element => (
  <header class="strange">
    <h2 safe>{t('seenArchive')}</h2>
    {seen.length === 0 ? <p safe>{t('nothingSeen')}</p> : ''}
    <p>
      <a href="/unmatched#strange" safe>
        {t('backToUnmatched')}
      </a>
    </p>
  </header>
);

/** Who has seen it; before that, the way to say so for those who decide. */
export function SeenNote({ id, looking: { visit, names, seen } }: { id: string; looking: Looking }): JSX.Element {
  const { t, actor, formToken } = visit;
  const look = seen.find(({ subjectId }) => subjectId === id);
  if (look) {
    const words = say(t('seenBy'), { who: signedAs(look.officerId, names, t), at: inDateTime(look.at) });
    return (
      <span class="small muted block" safe>
        {look.reason ? `${words} · “${look.reason}”` : words}
      </span>
    );
  }
  if (!can(actor, 'resolve')) return <></>;
  return (
    <details class="seen">
      <summary safe>{t('seen')}</summary>
      <form method="post" action="/unmatched/seen" class="row" data-once>
        <FormToken token={formToken} />
        <input type="hidden" name="id" value={id} />
        <input name="reason" maxlength={longestNote} autocomplete="off" placeholder={t('seenReason')} aria-label={t('seenReason')} />
        <button safe>{t('seen')}</button>
      </form>
    </details>
  );
}

export async function takeSeen({ ctx, actor }: OfficerVisit, { id = '', reason = '' }: Fields): Promise<Shown> {
  if (reason.length > longestNote) throw new Problem('request_invalid', 'reason');
  await markSeen(ctx, { actor, subjectId: id, ...(reason ? { reason } : {}) });
  return { redirect: '/unmatched#strange' };
}
