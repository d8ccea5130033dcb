// Signing in and out, and the choice of language.
import { isForeign, clearSessionCookie, sessionToken, setLanguageCookie, setSessionCookie, signedInAt } from './session';
import { sessionOf, signIn, signOut } from '../actions/signIn';
import { can, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { LanguageSwitch, Page } from './layout';
import { homeOf } from './menus';
import type { Fields, OfficerVisit, Shown, Visit } from './screen';

const longestText = 200;

export async function showSignIn(visit: Visit, refused = false): Promise<Shown> {
  const { req, t } = visit;
  const to = ownPath(req.query['to']);
  return (
    <Page visit={visit} title={t('signIn')} look="alone">
      <main class="card">
        <h1 safe>{t('product')}</h1>
        <form method="post" action="/sign-in" class="stack">
          {refused ? (
            <p role="alert" class="refusal-what" safe>
              {t('signInRefused')}
            </p>
          ) : (
            ''
          )}
          <input type="hidden" name="to" value={to} />
          <label>
            <span safe>{t('login')}</span>
            <input name="login" autocomplete="username" autocapitalize="none" required autofocus />
          </label>
          <label>
            <span safe>{t('password')}</span>
            <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <button class="primary" safe>
            {t('signIn')}
          </button>
        </form>
        <nav class="row" aria-label={t('forEverybody')}>
          <a href="/fees" safe>
            {t('publicFees')}
          </a>
          <a href="/find" safe>
            {t('findPayment')}
          </a>
          <a href="/receipt" safe>
            {t('lookUpReceipt')}
          </a>
          <LanguageSwitch visit={visit} />
        </nav>
      </main>
    </Page>
  );
}

export async function takeSignIn(visit: Visit, { login = '', password = '', to }: Fields): Promise<Shown> {
  const { ctx, req, res } = visit;
  if (isForeign(req)) throw new Problem('form_expired');
  try {
    if (login.length > longestText || password.length > longestText) throw new Problem('sign_in_refused');
    const token = await signIn(ctx, { login, password });
    setSessionCookie(ctx, res, token);
    const signedIn = await sessionOf(ctx, token);
    const wanted = ownPath(to);
    return { redirect: signedIn && (wanted === '/' || !canOpen(signedIn.actor, wanted)) ? homeOf(signedIn.actor.role) : wanted };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'sign_in_refused') throw error;
    res.status(error.status);
    return showSignIn(visit, true);
  }
}

export async function takeSignOut({ ctx, req, res }: OfficerVisit): Promise<Shown> {
  const token = sessionToken(ctx, req);
  if (token !== undefined) await signOut(ctx, token);
  clearSessionCookie(ctx, res);
  return { redirect: '/sign-in' };
}

export async function showHome({ ctx, req }: Visit): Promise<Shown> {
  const signedIn = await signedInAt(ctx, req);
  return { redirect: signedIn ? homeOf(signedIn.actor.role) : '/sign-in' };
}

export async function chooseLanguage({ req, res }: Visit): Promise<Shown> {
  setLanguageCookie(res, req.params['language'] === 'en' ? 'en' : 'vi');
  return { redirect: ownPath(req.query['to']) };
}

/** Only a path of our own: nobody is sent elsewhere from here. */
function ownPath(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';
}

/** The counter is for those who issue; whoever else followed a link there begins at the own desk. */
const canOpen = (actor: Actor, path: string): boolean => !path.startsWith('/counter') || can(actor, 'issue');
