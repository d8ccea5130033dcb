// Answers refusals and bugs as RFC 9457 JSON: the one place of the API that does.
import type { ServerResponse } from 'node:http';
import { problemBehind, type Context } from '../context';
import { refusals, type Problem } from '../problems';

const retryAfterSeconds = 5;

/** Writes the problem, unless an answer has begun. A bug is logged with the request's id and says nothing else. */
export function answerProblem(ctx: Context, res: ServerResponse, error: unknown, requestId: string): void {
  const problem = problemBehind(error);
  if (problem.code === 'bug') ctx.log.error({ err: error, requestId }, 'a bug');
  if (res.headersSent) return void res.destroy();
  if (problem.status === 503 || problem.status === 429) res.setHeader('retry-after', retryAfterSeconds);
  res.writeHead(problem.status, { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(JSON.stringify(problemBody(problem, requestId)));
}

export function problemBody(problem: Problem, requestId: string) {
  const { vi, en, status } = refusals[problem.code];
  return {
    type: `urn:counter-fees:problem:${problem.code}`,
    title: en,
    status,
    code: problem.code,
    detail: problem.detail ?? vi,
    requestId,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}
