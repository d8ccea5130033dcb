// The frame of a page for citizens: small, mobile first, and whole without script.
import type { Children } from '@kitajs/html';
import type { Visit } from './screen';

interface Frame {
  visit: Visit;
  title: string;
  children: Children;
  /** Where the browser goes on by itself. */
  goesTo?: string;
  /** Looks again by itself where there is no script, after so many seconds. */
  looksAgain?: number;
}

export function CitizenPage({ visit: { language, t }, title, children, goesTo, looksAgain }: Frame): JSX.Element {
  return (
    <>
      {'<!doctype html>'}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          {goesTo === undefined ? '' : <meta http-equiv="refresh" content={`0; url=${goesTo}`} />}
          {looksAgain === undefined ? '' : <noscript>{<meta http-equiv="refresh" content={String(looksAgain)} />}</noscript>}
          <title safe>{`${title} · ${t('product')}`}</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/app.css" />
          <link rel="stylesheet" href="/assets/icons.css" />
          <link rel="stylesheet" href="/assets/pay.css" />
          <script src="/assets/pay.js" defer></script>
        </head>
        <body class="citizen">
          <main>{children}</main>
        </body>
      </html>
    </>
  );
}
