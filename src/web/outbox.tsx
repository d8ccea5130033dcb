// The outbox of demo mode: the letters that would have been sent, with their links to click.
import { CitizenPage } from './citizenPage';
import { inMoment } from './format';
import { LanguageSwitch } from './layout';
import type { Shown, Visit } from './screen';

const mostShown = 50;

export async function showOutbox(visit: Visit): Promise<Shown> {
  const { ctx, t } = visit;
  const letters = await ctx.store.tables.letters.listOutbox(mostShown);
  return (
    <CitizenPage visit={visit} title={t('outbox')}>
      <header class="pay-head">
        <h1 class="find-title" safe>
          {t('outbox')}
        </h1>
        <LanguageSwitch visit={visit} />
      </header>
      <p class="muted" safe>
        {t(letters.length === 0 ? 'outboxEmpty' : 'outboxHint')}
      </p>
      {letters.map(({ subject, recipient, at, text }) => (
        <article class="stack find-one">
          <h2 safe>{subject}</h2>
          <p class="small muted">
            <span safe>{`${t('outboxTo')} ${recipient} · ${inMoment(at)}`}</span>
          </p>
          <p class="outbox-text" lang="vi">
            <Linked text={text} own={ctx.config.publicUrl} />
          </p>
        </article>
      ))}
    </CitizenPage>
  );
}

/** Addresses of our own become links. */
const Linked = ({ text, own }: { text: string; own: string }): JSX.Element => (
  <>
    {text.split(/(https?:\/\/\S+)/).map((part) =>
      part.startsWith(`${own}/`) ? (
        <a href={part.slice(own.length)} safe>
          {part}
        </a>
      ) : (
        <span safe>{part}</span>
      ),
    )}
  </>
);
