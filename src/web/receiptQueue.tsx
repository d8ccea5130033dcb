// What is still to be done with receipts: the clock of an outage, what waits and why, and the certificates that sign.
import { sendReceiptAgain } from '../actions/handOverReceipts';
import { mostCounted, seeReceiptQueue, type ReceiptQueue } from '../actions/seeReceiptQueue';
import { receiptNameOf } from '../domain/receiptName';
import { can } from '../domain/role';
import { addMs } from '../domain/time';
import { say } from './counterLabels';
import { inDate, inDateTime } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { agenciesInSight } from './receipts';
import { ReceiptSettings, type SettingsForms } from './receiptSettings';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

/** From so long before its end on a certificate is spoken of. */
const soonMs = 30 * 86_400_000;

export const showQueue = (visit: OfficerVisit): Promise<Shown> => queuePage(visit);

export async function takeSendAgain({ ctx, actor }: OfficerVisit, sent: Fields): Promise<Shown> {
  await sendReceiptAgain(ctx, actor, sent['number'] ?? '');
  return { redirect: '/receipts/queue' };
}

/** `sent`: a form about who collects that was refused. */
export async function queuePage(visit: OfficerVisit, sent?: SettingsForms): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const queue = await seeReceiptQueue(ctx, actor);
  return (
    <OfficerPage visit={visit} title={t('receiptQueue')} unit={await unitOf(visit)} look="receipts">
      <link rel="stylesheet" href="/assets/receipts.css" />
      <h1 safe>{t('receiptQueue')}</h1>
      <Standing queue={queue} t={t} />
      <Signers queue={queue} visit={visit} />
      <Waits queue={queue} t={t} />
      <Rows queue={queue} visit={visit} />
      {can(actor, 'administer') ? <ReceiptSettings visit={visit} agencies={await agenciesInSight(visit)} queue={queue} sent={sent} /> : ''}
    </OfficerPage>
  );
}

/** So many, or at least so many. */
const counted = (count: number): string => (count >= mostCounted ? `${mostCounted}+` : String(count));

/** One sentence a trouble, the worst first; or that all is well. */
function Standing({ queue, t }: { queue: ReceiptQueue; t: Translate }): JSX.Element {
  const { clock, outage, unsigned, isSigningStuck, waits, refused, waiting, isConnected } = queue;
  const bad = [
    ...(clock && clock.daysLeft < 0 ? [say(t('clockOver'), { day: inDate(clock.lastDay), count: counted(clock.heldUp) })] : []),
    ...(isSigningStuck && unsigned > 0 ? [say(t('signingStuck'), { count: counted(unsigned) })] : []),
    ...(refused > 0 ? [say(t('receiptsRefused'), { count: counted(refused) })] : []),
    ...(waits > 0 ? [say(t('waitCount'), { count: counted(waits) })] : []),
  ];
  const care = [
    ...(outage && !outage.endedAt ? [say(t('outageSince'), { time: inDateTime(outage.startedAt), count: counted(waiting) })] : []),
    ...(clock && clock.daysLeft >= 0
      ? [say(t('clockRuns'), { day: inDate(clock.lastDay), days: String(clock.daysLeft), count: counted(clock.heldUp) })]
      : []),
    ...(isConnected ? [] : [say(t('notConnected'), { count: counted(waiting) })]),
  ];
  return (
    <>
      {bad.length + care.length + unsigned + waiting === 0 ? (
        <p class="empty good" safe>
          {t('queueEmpty')}
        </p>
      ) : (
        ''
      )}
      {bad.map((words) => (
        <p class="receipt-alert bad" role="alert" safe>
          {words}
        </p>
      ))}
      {care.map((words) => (
        <p class="receipt-alert care" role="status" safe>
          {words}
        </p>
      ))}
    </>
  );
}

const Signers = ({ queue: { signers }, visit: { ctx, t } }: { queue: ReceiptQueue; visit: OfficerVisit }): JSX.Element => (
  <section>
    <h2 safe>{t('signers')}</h2>
    {signers.length === 0 ? (
      <p class="bad" role="alert" safe>
        {t('noCollector')}
      </p>
    ) : (
      <ul class="lines">
        {signers.map(({ collector, certificate }) => {
          const now = ctx.now();
          const isOver = !certificate || certificate.validTo < now;
          const isSoon = certificate !== undefined && certificate.validTo < addMs(now, soonMs);
          return (
            <li>
              <strong class="whole" safe>{`${collector.name} · ${t('taxCode')} ${collector.taxCode}`}</strong>
              <span class={isOver ? 'whole bad' : isSoon ? 'whole care' : 'whole'} safe>
                {certificate
                  ? say(t(isOver ? 'certificateOver' : 'certificateUntil'), { time: inDateTime(certificate.validTo) })
                  : t('noCertificate')}
              </span>
              {certificate?.isDemo ? (
                <span class="whole receipt-demo" safe>
                  {t('demoCertificate')}
                </span>
              ) : (
                ''
              )}
            </li>
          );
        })}
      </ul>
    )}
  </section>
);

const Waits = ({ queue: { waitRows }, t }: { queue: ReceiptQueue; t: Translate }): JSX.Element =>
  waitRows.length === 0 ? (
    <></>
  ) : (
    <section>
      <h2 safe>{t('waitsOfReceipts')}</h2>
      <ul class="lines">
        {waitRows.map((wait) => (
          <li>
            <a class="grow" href={`/obligations/${wait.obligationId}`} safe>
              {t(`wait_${wait.why}`)}
            </a>
            <span class="small muted" safe>
              {inDateTime(wait.since)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

const shownStates = ['refused', 'to_sign', 'waiting'] as const;

const Rows = ({ queue: { rows }, visit }: { queue: ReceiptQueue; visit: OfficerVisit }): JSX.Element => (
  <>
    {shownStates
      .filter((state) => rows[state].length > 0)
      .map((state) => (
        <section>
          <h2 safe>{visit.t(`handover_${state}`)}</h2>
          <ul class="lines">
            {rows[state].map((row) => (
              <Row row={row} visit={visit} />
            ))}
          </ul>
        </section>
      ))}
  </>
);

function Row({ row, visit: { actor, t, formToken } }: { row: ReceiptQueue['rows']['waiting'][number]; visit: OfficerVisit }): JSX.Element {
  const name = receiptNameOf(row);
  return (
    <li>
      <a href={`/receipts/${name}`} safe>
        {name}
      </a>
      <span class="grow small muted" safe>
        {[inDateTime(row.issuedAt), row.attempts > 0 ? say(t('handoverTries'), { count: String(row.attempts) }) : '', row.lastAnswer ?? '']
          .filter(Boolean)
          .join(' · ')}
      </span>
      {row.state === 'refused' && can(actor, 'correct_receipts') ? (
        <form method="post" action="/receipts/queue" data-once>
          <FormToken token={formToken} />
          <input type="hidden" name="number" value={name} />
          <button aria-label={`${t('sendAgain')} ${name}`} safe>
            {t('sendAgain')}
          </button>
        </form>
      ) : (
        ''
      )}
    </li>
  );
}
