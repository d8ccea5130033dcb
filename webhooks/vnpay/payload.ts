// What VNPAY sends: a query, in version 2.1.0. Source: sandbox.vnpayment.vn/apis/docs/thanh-toan-pay/pay.html
import { z } from 'zod';
import { vnd } from '../../src/domain/money';
import { optionalText, requiredText, transferContent, vietnamTime } from '../fields';
import { Unreadable } from '../provider';

const prefix = 'vnp_';
const resultCode = z.string().regex(/^\d{2}$/);

/** In hundredths of a đồng, of which there are none: the last two digits are noughts. At most twelve digits before them, as `maxAmount`. */
const hundredths = z
  .string()
  .regex(/^[1-9]\d{0,11}00$/)
  .transform((digits) => vnd(BigInt(digits.slice(0, -2))));

/** `20250325140237`, in Vietnam. */
const compactTime = z
  .string()
  .regex(/^\d{14}$/)
  .transform((digits) => digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6'))
  .pipe(vietnamTime);

/** Both are `00` where money moved. */
export const vnpayResult = z.object({ vnp_ResponseCode: resultCode, vnp_TransactionStatus: resultCode });

export const vnpayPayment = z.object({
  /** Our terminal at VNPAY. */
  vnp_TmnCode: requiredText,
  /** The id that we gave the payment; unique in a day. */
  vnp_TxnRef: requiredText,
  /** VNPAY's own number. */
  vnp_TransactionNo: z.string().regex(/^\d{1,20}$/),
  vnp_BankTranNo: optionalText,
  vnp_OrderInfo: transferContent,
  vnp_Amount: hundredths,
  vnp_PayDate: compactTime,
});

export type VnpayPayment = z.output<typeof vnpayPayment>;

/**
 * The `vnp_` fields of a query by name, undecoded: this is what VNPAY hashed. Parameters that others add on the way are left out.
 * A field that comes twice could mean either: throws Unreadable.
 */
export function rawFieldsOf(query: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const piece of query.split('&')) {
    const [name = '', value = ''] = piece.split(/=(.*)/s, 2);
    if (!name.startsWith(prefix)) continue;
    if (fields.has(name)) throw new Unreadable('duplicate_key', name);
    fields.set(name, value);
  }
  return fields;
}

/** The same fields as people read them; an empty one is as good as absent, as it is for the hash. Throws Unreadable. */
export function fieldsOf(query: string): Record<string, string> {
  const given = [...rawFieldsOf(query)].filter(([, value]) => value !== '');
  return Object.fromEntries(given.map(([name, value]) => [name, decoded(value)]));
}

/** Never throws: a broken escape in a text must not keep the money from its obligation. */
const decoded = (value: string): string => new URLSearchParams(`value=${value}`).get('value') ?? '';
