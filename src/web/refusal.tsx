// Refusals on a screen: what happened, what is safe, what to do now; the support id small.
import type { Request, Response } from 'express';
import { problemBehind, type Context } from '../context';
import { refusals, type Problem, type ProblemCode } from '../problems';
import { say } from './counterLabels';
import { wordsIn, type Label, type Translate } from './labels';
import { Page } from './layout';
import { isFragment } from './screen';
import { languageOf } from './session';

/** The one place of the screens that answers refusals and bugs: a page, or a message within the page that asked. */
export function answerOnScreen(ctx: Context, req: Request, res: Response, error: unknown, requestId: string): void {
  const problem = problemBehind(error);
  if (problem.code === 'bug') ctx.log.error({ err: error, requestId }, 'a bug');
  if (res.headersSent) return void res.destroy();
  const language = languageOf(req);
  const visit = { ctx, req, res, language, t: wordsIn(language) };
  const message = <Refusal problem={problem} language={language} requestId={requestId} />;
  res.status(problem.status).type('html').set('cache-control', 'no-store');
  if (isFragment(req)) return void res.set({ 'hx-retarget': '#notice', 'hx-reswap': 'innerHTML show:none' }).send(message);
  res.send(
    <Page visit={visit} title={refusals[problem.code][language]} look="alone">
      <main class="card">
        {message}
        <a class="button" href="/" safe>
          {visit.t('backHome')}
        </a>
      </main>
    </Page>,
  );
}

/** When somebody who tried too often may try again. */
export const waitWords = (req: Request, seconds: number): string =>
  say(wordsIn(languageOf(req))('tryAgainIn'), { seconds: String(Math.max(1, Math.ceil(seconds))) });

/** What stands wrong in an address, as the screens call it. */
const partNames: Readonly<Record<string, Label>> = {
  day: 'day',
  from: 'fromDay',
  to: 'toDay',
  month: 'partMonth',
  amount: 'amount',
  account: 'dayAccount',
  reason: 'reason',
};

const detailWords = (code: ProblemCode, detail: string, t: Translate): string =>
  code === 'request_invalid' ? say(t('partWrong'), { part: partNames[detail] ? t(partNames[detail]) : detail }) : detail;

function Refusal({ problem, language, requestId }: { problem: Problem; language: 'vi' | 'en'; requestId: string }): JSX.Element {
  const t = wordsIn(language);
  return (
    <div class="refusal">
      <p class="refusal-what">{refusals[problem.code][language]}</p>
      {problem.detail ? <p safe>{detailWords(problem.code, problem.detail, t)}</p> : ''}
      {problem.errors.map((error) => (
        <p safe>{`${error.path}: ${error.message}`}</p>
      ))}
      <p class="small" safe>{`${t('requestId')}: ${requestId}`}</p>
    </div>
  );
}
