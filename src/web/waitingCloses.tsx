// The days that one person prepared and that wait for the second signature, where whoever may sign sees them first.
import type { WaitingClose } from '../actions/seeClose';
import { bankOfBin } from '../domain/banks';
import { say } from './counterLabels';
import { dayAddress } from './dayPlace';
import { inDate, inMoment } from './format';
import type { Translate } from './labels';
import { signedAs } from './signedAs';

interface Given {
  waiting: readonly WaitingClose[];
  names: ReadonlyMap<string, string>;
  t: Translate;
}

/** Nothing where none waits. */
export function WaitingCloses({ waiting, names, t }: Given): JSX.Element {
  if (waiting.length === 0) return <></>;
  return (
    <section class="waiting-closes no-print">
      <h2 class="state state-part_paid" safe>{`${t('closesWaiting')} (${waiting.length})`}</h2>
      <ul>
        {waiting.map(({ account, draft }) => (
          <li>
            <a href={dayAddress({ accountId: account.id, day: draft.day }, '/close')} safe>
              {say(t('closesWaitingOne'), {
                day: inDate(draft.day),
                account: `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber}`,
                name: signedAs(draft.preparedBy, names, t),
                time: inMoment(draft.preparedAt),
              })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
