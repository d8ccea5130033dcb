// Once: the first answer to a request with an Idempotency-Key is kept in the same commit as what the request did.
import { createHash } from 'node:crypto';
import type { Context } from '../context';
import { Problem } from '../problems';
import type { Answer, AnswerKey } from '../domain/answer';

export interface KeyedRequest extends AnswerKey {
  /** Everything that the request asked, as text. */
  content: string;
}

/** Thrown inside the transaction to leave it when the answer is known already. */
class Answered extends Error {
  constructor(readonly answer: Answer) {
    super('answered before');
  }
}

/**
 * Runs `act`, which must write in exactly one `transact`, and answers with `present` of its transaction's result.
 * The same key and content gets the same answer; other content throws idempotency_key_reused. Refusals are not kept.
 */
export async function once<T>(
  ctx: Context,
  request: KeyedRequest | undefined,
  act: (ctx: Context) => Promise<T>,
  present: (result: T) => Answer,
): Promise<Answer> {
  if (!request) return present(await act(ctx));
  try {
    return present(await act(keyed(ctx, request, present)));
  } catch (error) {
    if (error instanceof Answered) return error.answer;
    throw error;
  }
}

/**
 * The same for an act that calls somebody outside between its transactions: its answer is kept after it. Of two at once, or after one that
 * broke off, both act, and everybody gets the answer that was kept first: for what may safely be there twice.
 */
export async function onceAfterwards<T>(
  ctx: Context,
  request: KeyedRequest | undefined,
  act: (ctx: Context) => Promise<T>,
  present: (result: T) => Answer,
): Promise<Answer> {
  if (!request) return present(await act(ctx));
  const known = await ctx.store.tables.answers.find(request);
  if (known) return answeredBefore(known, request);
  const answer = present(await act(ctx));
  return ctx.store.transact(async (tables) => {
    const first = await tables.answers.find(request);
    if (first) return answeredBefore(first, request);
    await tables.answers.keep(request, hashOf(request), answer, ctx.now());
    return answer;
  });
}

function answeredBefore({ requestHash, ...answer }: Answer & { requestHash: string }, request: KeyedRequest): Answer {
  if (requestHash !== hashOf(request)) throw new Problem('idempotency_key_reused');
  return answer;
}

const hashOf = ({ content }: KeyedRequest): string => createHash('sha256').update(content).digest('hex');

function keyed<T>(ctx: Context, request: KeyedRequest, present: (result: T) => Answer): Context {
  return {
    ...ctx,
    store: {
      ...ctx.store,
      transact: (work) =>
        ctx.store.transact(async (tables) => {
          const known = await tables.answers.find(request);
          if (known) throw new Answered(answeredBefore(known, request));
          const result = await work(tables);
          await tables.answers.keep(request, hashOf(request), present(result as unknown as T), ctx.now());
          return result;
        }),
    },
  };
}
