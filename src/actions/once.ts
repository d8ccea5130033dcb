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

function keyed<T>(ctx: Context, request: KeyedRequest, present: (result: T) => Answer): Context {
  const requestHash = createHash('sha256').update(request.content).digest('hex');
  return {
    ...ctx,
    store: {
      ...ctx.store,
      transact: (work) =>
        ctx.store.transact(async (tables) => {
          const known = await tables.answers.find(request);
          if (known && known.requestHash !== requestHash) throw new Problem('idempotency_key_reused');
          if (known) throw new Answered(known);
          const result = await work(tables);
          await tables.answers.keep(request, requestHash, present(result as unknown as T), ctx.now());
          return result;
        }),
    },
  };
}
