// The mark of a payment, by which it is known that it had its tap, and by which nobody finds the payment again.
import type { Context } from '../context';

export const paymentMark = (ctx: Context, obligationId: string): string => ctx.seal.mark(`satisfaction with ${obligationId}`);

/** Whether a payment had its tap. */
export const isTapped = (ctx: Context, obligationId: string): Promise<boolean> =>
  ctx.store.tables.satisfaction.isTapped(paymentMark(ctx, obligationId));
