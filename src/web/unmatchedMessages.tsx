// Messages of which no transaction was made: what is wrong with each in a sentence, what to do, and everything that was told.
import type { UnreadableMessage } from '../actions/listStrangeMoney';
import type { Transaction } from '../domain/transaction';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { providerWord } from './providerWords';
import { SeenNote, type Looking } from './unmatchedSeen';
import { problemWords, toldText } from './unmatchedProblems';

/** Of what was told: enough for a person to see what it is. */
const longestText = 4_000;

interface Given {
  messages: readonly UnreadableMessage[];
  looking: Looking;
  t: Translate;
}

export const UnreadableMessages = ({ messages, looking, t }: Given): JSX.Element => (
  <section class="strange">
    <h2 safe>{t('unreadableDeliveries')}</h2>
    <p class="small muted" safe>
      {t('unreadableMeaning')}
    </p>
    <ul class="lines">
      {messages.map((message) => (
        <Message message={message} looking={looking} t={t} />
      ))}
    </ul>
  </section>
);

interface MessageGiven {
  message: UnreadableMessage;
  looking: Looking;
  t: Translate;
}

const Message = ({ message: { delivery, contradiction }, looking, t }: MessageGiven): JSX.Element => (
  <li>
    <span class="grow" safe>{`${inDateTime(delivery.receivedAt)} · ${providerWord(delivery.provider, t)}`}</span>
    <span class="whole break problem" safe>
      {problemWords(delivery, t)}
    </span>
    {contradiction ? (
      <span class="whole">
        <a href={`/transactions/${contradiction.known.id}`} safe>
          {say(t('contradictionKnown'), { amount: signed(contradiction.known) })}
        </a>{' '}
        <span safe>{say(t('contradictionTold'), { amount: signed(contradiction.told) })}</span>
      </span>
    ) : (
      ''
    )}
    <details class="whole">
      <summary safe>{t('originalText')}</summary>
      <pre safe>{toldText(delivery).slice(0, longestText) || t('nothingTold')}</pre>
    </details>
    <div class="whole">
      <SeenNote id={delivery.id} looking={looking} />
    </div>
  </li>
);

const signed = ({ amount, direction }: Pick<Transaction, 'amount' | 'direction'>): string =>
  `${direction === 'out' ? '−' : ''}${inDong(amount)}`;
