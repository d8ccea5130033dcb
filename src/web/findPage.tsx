// Find my payment: a dossier code, then the one-time code that went to its contact, then everything owed for it. It works without script.
import { askForCode, enterCode, findMinutes, seeFound } from '../actions/findPayment';
import { Problem, refusals } from '../problems';
import { CitizenPage } from './citizenPage';
import { cookieOf, isForeign, isSecure } from './session';
import { FoundHead, FoundObligations } from './findParts';
import { LanguageSwitch } from './layout';
import type { Fields, Shown, Visit } from './screen';

const cookieName = 'found';
const longestText = 64;
/** Asks for another code, or is not heard. */
const shapeFaults = ['dossier_code_invalid', 'dossier_date_invalid', 'dossier_province_unknown', 'letters_unavailable'];

export async function showFind(visit: Visit): Promise<Shown> {
  const fault = visit.ctx.outbound.notifier ? undefined : refusals.letters_unavailable[visit.language];
  return findPage(visit, <AskForm visit={visit} dossier="" {...(fault === undefined ? {} : { fault })} />);
}

/** Says the same of every dossier code that can be one. */
export async function takeFind(visit: Visit, fields: Fields): Promise<Shown> {
  demandOwn(visit);
  const dossier = (fields['dossier'] ?? '').slice(0, longestText);
  try {
    await askForCode(visit.ctx, dossier);
  } catch (error) {
    if (!(error instanceof Problem) || !shapeFaults.includes(error.code)) throw error;
    visit.res.status(error.status);
    return findPage(visit, <AskForm visit={visit} dossier={dossier} fault={refusals[error.code][visit.language]} />);
  }
  return findPage(visit, <CodeForm visit={visit} dossier={dossier} />);
}

/** One answer to every code that opens nothing. */
export async function takeFindCode(visit: Visit, fields: Fields): Promise<Shown> {
  demandOwn(visit);
  const { ctx, res, t } = visit;
  const dossier = (fields['dossier'] ?? '').slice(0, longestText);
  const session = await enterCode(ctx, dossier, (fields['code'] ?? '').slice(0, longestText));
  if (session === undefined) {
    res.status(403);
    return findPage(visit, <CodeForm visit={visit} dossier={dossier} fault={t('findWrong')} />);
  }
  res.cookie(cookieName, session, { ...cookieShape(visit), maxAge: findMinutes * 60_000 });
  return { redirect: '/find/dossier' };
}

/** What the code has opened, until its time is over. */
export async function showFound(visit: Visit): Promise<Shown> {
  const session = cookieOf(visit.req, cookieName);
  const found = session === undefined ? undefined : await seeFound(visit.ctx, session);
  if (!found) return { redirect: '/find' };
  return findPage(
    visit,
    <>
      <FoundHead visit={visit} found={found} />
      <FoundObligations visit={visit} found={found} />
      <form method="post" action="/find/close" class="row">
        <button safe>{visit.t('findLeave')}</button>
        <span class="small muted" safe>
          {visit.t('findMinutes')}
        </span>
      </form>
    </>,
  );
}

/** On a phone or a computer that others use too. */
export async function takeFindClose(visit: Visit): Promise<Shown> {
  demandOwn(visit);
  visit.res.clearCookie(cookieName, cookieShape(visit));
  return { redirect: '/find' };
}

/** Where a form was sent to there is no page of its own: whoever changes the language there begins again. */
export const showFindAgain = async (): Promise<Shown> => ({ redirect: '/find' });

const cookieShape = ({ ctx }: Visit) => ({ httpOnly: true, sameSite: 'lax', secure: isSecure(ctx), path: '/find' }) as const;

function demandOwn({ req }: Visit): void {
  if (isForeign(req)) throw new Problem('form_expired');
}

const findPage = (visit: Visit, safeContent: JSX.Element): JSX.Element => (
  <CitizenPage visit={visit} title={visit.t('findPayment')}>
    <header class="pay-head">
      <h1 class="find-title" safe>
        {visit.t('findPayment')}
      </h1>
      <LanguageSwitch visit={visit} />
    </header>
    <div class="stack find">{safeContent}</div>
  </CitizenPage>
);

interface FormParts {
  visit: Visit;
  dossier: string;
  fault?: string;
}

const Fault = ({ fault }: { fault?: string }): JSX.Element =>
  fault === undefined ? (
    <></>
  ) : (
    <p id="find-fault" class="refusal-what" role="alert" safe>
      {fault}
    </p>
  );

const AskForm = ({ visit: { t }, dossier, fault }: FormParts): JSX.Element => (
  <form method="post" action="/find" class="stack">
    <p safe>{t('findHint')}</p>
    <Fault {...(fault === undefined ? {} : { fault })} />
    <label>
      <span safe>{t('findDossier')}</span>
      <input
        name="dossier"
        value={dossier}
        required
        maxlength={longestText}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        autofocus
        aria-describedby={fault === undefined ? undefined : 'find-fault'}
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
      <span class="field-hint" safe>
        {t('findDossierHint')}
      </span>
    </label>
    <button class="primary" safe>
      {t('findAsk')}
    </button>
  </form>
);

const CodeForm = ({ visit: { t, ctx }, dossier, fault }: FormParts): JSX.Element => (
  <>
    {fault === undefined ? (
      <p role="status" safe>
        {t('findSent')}
      </p>
    ) : (
      <Fault fault={fault} />
    )}
    <form method="post" action="/find/code" class="stack">
      <input type="hidden" name="dossier" value={dossier} />
      <p>
        <span safe>{t('findDossier')}</span> <strong safe>{dossier}</strong>
      </p>
      <label>
        <span safe>{t('findCode')}</span>
        <input
          name="code"
          required
          maxlength={12}
          inputmode="numeric"
          autocomplete="one-time-code"
          autofocus
          aria-describedby={fault === undefined ? undefined : 'find-fault'}
          aria-invalid={fault === undefined ? undefined : 'true'}
        />
        <span class="field-hint" safe>
          {t('findSentHint')}
        </span>
      </label>
      <button class="primary" safe>
        {t('findEnter')}
      </button>
    </form>
    <form method="post" action="/find" class="row">
      <input type="hidden" name="dossier" value={dossier} />
      <button safe>{t('findAgain')}</button>
      <a class="button quiet" href="/find" safe>
        {t('findOther')}
      </a>
    </form>
    {ctx.config.mode === 'demo' ? (
      <p class="small">
        <a href="/outbox" safe>
          {t('findOpenOutbox')}
        </a>
      </p>
    ) : (
      ''
    )}
  </>
);
