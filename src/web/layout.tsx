// The frame of every screen: head, bar with unit, officer, menu and language, and the place for messages.
import type { Children } from '@kitajs/html';
import type { OfficerVisit, Visit } from './screen';
import { menus, type Way, type WayGroup } from './menus';

interface Frame {
  title: string;
  children: Children;
  /** A name for the look of the whole page, such as `display` or `paper`. */
  look?: string;
}

const scriptSettings = JSON.stringify({
  includeIndicatorStyles: false,
  attributesToSettle: ['class'],
  defaultSettleDelay: 0, // new fields listen at once: a scanner types faster than the usual 20 ms
  allowEval: false,
  responseHandling: [
    { code: '204', swap: false },
    { code: '.*', swap: true },
  ],
});

/** A page for anybody. */
export function Page({ visit, title, look, children }: Frame & { visit: Visit }): JSX.Element {
  const { language, t } = visit;
  return (
    <>
      {'<!doctype html>'}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="htmx-config" content={scriptSettings} />
          <title safe>{`${title} · ${t('product')}`}</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/app.css" />
          <link rel="stylesheet" href="/assets/office.css" />
          <link rel="stylesheet" href="/assets/icons.css" />
          <link rel="stylesheet" href="/assets/ratios.css" />
          <script src="/assets/htmx.js" defer></script>
          <script src="/assets/app.js" defer></script>
        </head>
        <body class={look}>{children}</body>
      </html>
    </>
  );
}

const Ways = ({ ways, visit: { req, t } }: { ways: readonly Way[]; visit: Visit }): JSX.Element => (
  <>
    {ways.map(([href, label]) => (
      <a href={href} aria-current={req.path === href ? 'page' : undefined} safe>
        {t(label)}
      </a>
    ))}
  </>
);

const MoreWays = ({ groups, visit }: { groups: readonly WayGroup[]; visit: Visit }): JSX.Element =>
  groups.length === 0 ? (
    <></>
  ) : (
    <details class="more-ways">
      <summary safe>{visit.t('moreWays')}</summary>
      <div>
        {groups.map(([heading, ways]) => (
          <div>
            <span class="ways-head" safe>
              {visit.t(heading)}
            </span>
            <Ways ways={ways} visit={visit} />
          </div>
        ))}
      </div>
    </details>
  );

/** A page of somebody who is signed in: with the bar. */
export function OfficerPage({ visit, unit, title, look, children }: Frame & { visit: OfficerVisit; unit?: string }): JSX.Element {
  const { actor, t, formToken } = visit;
  return (
    <Page visit={visit} title={title} {...(look ? { look } : {})}>
      <a class="skip" href="#main" safe>
        {t('skipToContent')}
      </a>
      <header class="bar">
        <nav aria-label={t('mainMenu')}>
          <Ways ways={menus[actor.role].daily} visit={visit} />
          <MoreWays groups={menus[actor.role].other} visit={visit} />
        </nav>
        <p class="who" title={unit ? `${actor.name} · ${unit}` : actor.name}>
          <span safe>{actor.name}</span>
          {unit ? <span safe>{unit}</span> : ''}
        </p>
        <LanguageSwitch visit={visit} />
        <form method="post" action="/sign-out">
          <FormToken token={formToken} />
          <button class="quiet" safe>
            {t('signOut')}
          </button>
        </form>
      </header>
      <main id="main" hx-headers={JSON.stringify({ 'x-form-token': formToken })}>
        <div id="notice" role="alert"></div>
        {children}
      </main>
    </Page>
  );
}

/** Goes to the same page in the other language. */
export function LanguageSwitch({ visit: { req, language, t } }: { visit: Visit }): JSX.Element {
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <a class="quiet" href={`/language/${other}?to=${encodeURIComponent(req.originalUrl)}`} lang={other} hreflang={other} safe>
      {t('otherLanguage')}
    </a>
  );
}

/** Stands in every form that an officer sends. */
export const FormToken = ({ token }: { token: string }): JSX.Element => <input type="hidden" name="formToken" value={token} />;
