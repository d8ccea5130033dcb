// Open breaks of running balances: between which two movements, how much nobody told us of, and when it was found.
import type { Account } from '../domain/agency';
import { zero } from '../domain/money';
import type { FoundBreak } from '../domain/source';
import { say } from './counterLabels';
import { inDateTime, inDong, inMoment } from './format';
import type { Translate } from './labels';
import { providerWord } from './providerWords';
import { accountWords } from './sourceWords';

interface Given {
  breaks: readonly FoundBreak[];
  accounts: readonly Account[];
  t: Translate;
}

export const BalanceBreaks = ({ breaks, accounts, t }: Given): JSX.Element =>
  breaks.length === 0 ? (
    <></>
  ) : (
    <section class="breaks">
      <h2 safe>{t('balanceBreaks')}</h2>
      <p class="small muted" safe>
        {t('breakMeaning')}
      </p>
      <ul class="lines">
        {breaks.map((one) => (
          <Break found={one} accounts={accounts} t={t} />
        ))}
      </ul>
    </section>
  );

const Break = ({ found, accounts, t }: { found: FoundBreak; accounts: readonly Account[]; t: Translate }): JSX.Element => (
  <li>
    <span class="whole warning" safe>
      {missingWords(found, t)}
    </span>
    <span class="whole">
      <span safe>{t('betweenMovements')}</span>{' '}
      <a href={`/transactions/${found.afterId}`} safe>
        {inMoment(found.from)}
      </a>{' '}
      –{' '}
      <a href={`/transactions/${found.beforeId}`} safe>
        {inMoment(found.to)}
      </a>
    </span>
    <span class="small muted" safe>
      {`${providerWord(found.provider, t)} · ${accountWords(accounts, found.accountId)}`}
    </span>
    <span class="small muted" safe>
      {`${t('foundAt')} ${inDateTime(found.foundAt)}`}
    </span>
  </li>
);

const missingWords = ({ missing }: FoundBreak, t: Translate): string =>
  missing.isPositive() ? say(t('unseenIn'), { amount: inDong(missing) }) : say(t('unseenOut'), { amount: inDong(zero.minus(missing)) });
