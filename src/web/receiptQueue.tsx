// What is still to be done with receipts: the clock of an outage, what waits and why, and the certificates that sign.
import { sendReceiptAgain, switchPretendProvider } from '../actions/handOverReceipts';
import { mostCounted, seeReceiptQueue, type ReceiptQueue, type SignerFacts } from '../actions/seeReceiptQueue';
import type { Collector } from '../domain/collector';
import { receiptNameOf } from '../domain/receiptName';
import { can } from '../domain/role';
import { addMs } from '../domain/time';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
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

/** In the demo: puts the pretend provider out of reach, or back again. */
export async function takePretendProvider({ ctx, actor }: OfficerVisit, sent: Fields): Promise<Shown> {
  switchPretendProvider(ctx, actor, sent['state'] === 'down');
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
      <PretendSwitch visit={visit} />
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
  const { clock, outage, lastDayIfRepaired, unsigned, isSigningStuck, waits, refused, waiting, isConnected } = queue;
  const bad = [
    ...(clock && clock.daysLeft < 0 ? [say(t('clockOver'), { day: inDate(clock.lastDay), count: counted(clock.heldUp) })] : []),
    ...(isSigningStuck && unsigned > 0 ? [say(t('signingStuck'), { count: counted(unsigned) })] : []),
    ...(refused > 0 ? [say(t('receiptsRefused'), { count: counted(refused) })] : []),
    ...(waits > 0 ? [say(t('waitCount'), { count: counted(waits) })] : []),
  ];
  const care = [
    ...(outage && lastDayIfRepaired
      ? [say(t('outageSince'), { time: inDateTime(outage.startedAt), count: counted(waiting), day: inDate(lastDayIfRepaired) })]
      : []),
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
              {certificate
                ? warningsOf(collector, certificate, t).map((words) => (
                    <span class="whole care" safe>
                      {words}
                    </span>
                  ))
                : ''}
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

/** What a person has to compare: the certificate's own name where it states no tax code, or another name. */
function warningsOf({ name }: Collector, { signer, taxCode, isDemo }: SignerFacts & { isDemo: boolean }, t: Translate): string[] {
  if (taxCode === undefined) return [say(t('certificateNoTaxCode'), { signer })];
  return isDemo || plainName(signer) === plainName(name) ? [] : [say(t('certificateOtherName'), { signer })];
}

const plainName = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('vi');

const PretendSwitch = ({ visit: { ctx, t, formToken } }: { visit: OfficerVisit }): JSX.Element => {
  const provider = ctx.outbound.pretendReceiptProvider;
  if (!provider) return <></>;
  const isDown = provider.isDown();
  return (
    <form method="post" action="/receipts/pretend-provider" class="row">
      <FormToken token={formToken} />
      <p class="grow">
        <strong safe>{t('pretendProvider')}</strong>: <span safe>{t(isDown ? 'pretendDown' : 'pretendUp')}</span>
      </p>
      <button name="state" value={isDown ? 'up' : 'down'} safe>
        {t(isDown ? 'pretendMend' : 'pretendCut')}
      </button>
    </form>
  );
};

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
              {[wait.dossierCode, inDong(wait.total), say(t('since'), { time: inDateTime(wait.since) })].join(' · ')}
            </span>
            {wait.receipts.map(({ name, isAsked }) => (
              <span class="whole small">
                <a href={`/receipts/${name}`} safe>{`${t('receipt')} ${name}`}</a>
                {isAsked ? <span class="care" safe>{` · ${t('waitAsked')}`}</span> : ''}
              </span>
            ))}
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
        {[
          row.dossierCode,
          inDong(row.total),
          say(t('since'), { time: inDateTime(row.issuedAt) }),
          row.attempts > 0 ? say(t('handoverTries'), { count: String(row.attempts) }) : '',
          row.lastAnswer ?? '',
        ]
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
