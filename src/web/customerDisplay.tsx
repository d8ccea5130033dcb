// The citizen's display: a second monitor or tablet at a counter, opened by the counter's own token; no personal data but a masked name.
import { eventTypes } from '../domain/event';
import { oneWithMoney } from '../actions/seeObligation';
import { payPageOf } from '../actions/sharePayPage';
import type { Agency, Counter } from '../domain/agency';
import { outstandingOf } from '../domain/obligation';
import { addMs, epochMsOf, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { textIn } from './desk';
import { inDong, masked } from './format';
import { LanguageSwitch, Page } from './layout';
import { lookOf, panelFacts, type PanelFacts } from './panelFacts';
import { qrSvg } from './qr';
import type { Shown, Visit } from './screen';

/** How long "paid" stays before the next citizen is invited, and how long a hint about an expired code stays. */
const paidShownMs = 30_000;
const expiredShownMs = 5 * 60_000;

type Scene =
  | { kind: 'idle'; hasExpired: boolean }
  | ({ kind: 'due' | 'part'; applicant: string } & PanelFacts)
  /** `page` is where the receipt is. */
  | ({ kind: 'paid'; page: string } & PanelFacts);

interface DisplayParts {
  visit: Visit;
  scene: Scene;
  counter: Counter;
  agency: Agency | undefined;
}

export async function showDisplay(visit: Visit): Promise<Shown> {
  const { ctx, t } = visit;
  const counter = await counterOf(visit);
  const lastEventId = await ctx.store.tables.events.lastId();
  const safePanel = await panelAt(visit, counter);
  return (
    <Page visit={visit} title={counter.name} look="display">
      <link rel="stylesheet" href="/assets/display.css" />
      <main
        data-events={eventTypes.join(' ')}
        data-feed={`/counters/${counter.id}/events?token=${encodeURIComponent(counter.displayToken)}`}
        data-last-event={String(lastEventId)}
        data-always
      >
        {safePanel}
      </main>
      <footer class="display-foot">
        <button type="button" class="quiet" data-chime aria-pressed="false" data-on={t('chimeOff')} data-off={t('chimeOn')} safe>
          {t('chimeOn')}
        </button>
        <LanguageSwitch visit={visit} />
      </footer>
    </Page>
  );
}

/** What is on the display now; empty, with 204, where it shows exactly this already. */
export const showDisplayPanel = async (visit: Visit): Promise<Shown> => panelAt(visit, await counterOf(visit));

async function counterOf({ ctx, req }: Visit): Promise<Counter> {
  const counter = await ctx.store.tables.agencies.findCounterByToken(String(req.params['token']));
  if (!counter) throw new Problem('counter_unknown');
  return counter;
}

async function panelAt(visit: Visit, counter: Counter): Promise<string> {
  const scene = await sceneAt(visit, counter);
  const look = scene.kind === 'idle' ? `idle.${scene.hasExpired}` : `${scene.kind}.${lookOf(scene)}`;
  if (textIn(visit.req.query['seen']) === look) {
    visit.res.status(204);
    return '';
  }
  const agency = (await visit.ctx.store.tables.agencies.list()).find((known) => known.code === counter.agencyCode);
  const again = againAt(scene);
  return (
    <section
      id="display"
      class={`scene scene-${scene.kind}${scene.kind === 'paid' ? ' turns-green' : ''}`}
      data-refresh={`/display/${counter.displayToken}/panel`}
      data-look={look}
      data-scene={scene.kind}
      data-now={epochMsOf(visit.ctx.now())}
      data-again={again ? epochMsOf(again) : undefined}
      aria-live="polite"
    >
      <SceneOf visit={visit} scene={scene} counter={counter} agency={agency} />
    </section>
  );
}

/** The latest offer made at the counter says what its citizen should see. */
async function sceneAt(visit: Visit, counter: Counter): Promise<Scene> {
  const { tables } = visit.ctx.store;
  const idle: Scene = { kind: 'idle', hasExpired: false };
  const request = await tables.paymentRequests.findLatestAt(counter.id);
  const obligation = request && (await tables.obligations.find(request.obligationId));
  if (!obligation) return idle;
  const facts = await panelFacts(visit, obligation);
  const { dossier } = await oneWithMoney(tables, obligation);
  const shown = { ...facts, applicant: masked(dossier.applicantName) };
  if (!facts.isPayable)
    return isJustPaid(facts) ? { kind: 'paid', ...facts, page: await payPageOf(visit.ctx, tables, obligation.reference) } : idle;
  if (facts.offer === 'open') return { kind: 'due', ...shown };
  if (facts.offer === 'none') return request.expiresAt > facts.now ? { kind: 'part', ...shown } : idle;
  return { kind: 'idle', hasExpired: addMs(request.expiresAt, expiredShownMs) > facts.now };
}

const isJustPaid = ({ request, status, now }: PanelFacts): boolean =>
  (status === 'paid' || status === 'overpaid') && request?.closed?.as === 'paid' && addMs(request.closed.at, paidShownMs) > now;

/** When the scene changes by itself. */
function againAt(scene: Scene): Instant | undefined {
  if (scene.kind === 'idle') return undefined;
  if (scene.kind === 'paid') return scene.request?.closed && addMs(scene.request.closed.at, paidShownMs);
  return scene.request?.expiresAt;
}

function SceneOf(parts: DisplayParts): JSX.Element {
  const { scene, visit } = parts;
  const { t } = visit;
  if (scene.kind === 'idle') return <Idle {...parts} hasExpired={scene.hasExpired} />;
  if (scene.kind === 'due') return <Due {...parts} facts={scene} applicant={scene.applicant} />;
  const { obligation } = scene;
  const safeQr = scene.kind === 'paid' ? qrSvg(scene.page) : '';
  if (scene.kind === 'part')
    return (
      <p class="scene-words" safe>
        {say(t('displayPart'), { paid: inDong(obligation.paid), rest: inDong(outstandingOf(obligation)) })}
      </p>
    );
  return (
    <>
      <p class="scene-mark state state-paid" aria-hidden="true"></p>
      <p class="scene-state" safe>
        {t('displayReceived')}
      </p>
      <p class="scene-sum" safe>
        {inDong(obligation.due)}
      </p>
      <p class="scene-words" safe>
        {t('displayThanks')}
      </p>
      {obligation.excess.isPositive() ? <p safe>{say(t('displayOver'), { amount: inDong(obligation.excess) })}</p> : ''}
      <div class="scene-receipt">
        <div class="scene-receipt-qr">{safeQr}</div>
        <p safe>{t('displayReceipt')}</p>
      </div>
    </>
  );
}

function Idle({ visit: { t }, counter, agency, hasExpired }: DisplayParts & { hasExpired: boolean }): JSX.Element {
  return (
    <>
      <p class="scene-unit" safe>
        {agency?.name ?? ''}
      </p>
      <p class="scene-counter" safe>
        {counter.name}
      </p>
      <p class="scene-words" safe>
        {t('welcome')}
      </p>
      <p class={hasExpired ? 'scene-hint' : 'muted'} safe>
        {t(hasExpired ? 'displayExpired' : 'welcomeHint')}
      </p>
    </>
  );
}

type DueParts = DisplayParts & { facts: PanelFacts; applicant: string };

function Due({ visit: { t }, agency, counter, facts, applicant }: DueParts): JSX.Element {
  const { obligation, request, account, bankName } = facts;
  const safeQr = request ? qrSvg(request.payload) : '';
  const [first, ...others] = obligation.feeItems;
  return (
    <>
      <div class="due-qr">
        {safeQr}
        <p class="muted" safe>
          {t('displayScan')}
        </p>
      </div>
      <div class="due-words">
        <p class="due-unit" safe>{`${agency?.name ?? ''} · ${counter.name}`}</p>
        <p class="scene-sum" safe>
          {inDong(request?.amount ?? outstandingOf(obligation))}
        </p>
        <p class="due-fee">
          <span safe>{first?.name ?? ''}</span>
          {others.length > 0 ? ` + ${others.length}` : ''}
        </p>
        <p class="muted" safe>
          {applicant}
        </p>
        <dl class="pay-to">
          <dt safe>{t('accountName')}</dt>
          <dd>
            <strong safe>{account?.accountName ?? ''}</strong>
          </dd>
          <dt safe>{t('bank')}</dt>
          <dd safe>{bankName}</dd>
          <dt safe>{t('accountNumber')}</dt>
          <dd safe>{account?.accountNumber ?? ''}</dd>
          <dt safe>{t('content')}</dt>
          <dd>
            <strong safe>{obligation.reference}</strong>
          </dd>
        </dl>
        <p class="due-warning" safe>
          {t('displayWarning')}
        </p>
      </div>
    </>
  );
}
