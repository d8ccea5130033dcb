// What happens at a pretend payOS: links are made, paid and cancelled, and what it says is signed. Source: payos.vn/docs and npm @payos/node 2.0.5
import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMsOf, instantOf, vietnamTimeOf, type Instant } from '../../domain/time';
import { digits, nameLike, remember } from './memory';
import type { Behaviour, PaymentBehaviour, PretendSettings } from './pretendGateway';
import type { Teller } from './teller';

export interface PayosSettings extends PretendSettings {
  clientId: string;
  /** The API key that we must have. */
  token: string;
  checksumKey: string;
  /** Ours, to which the money goes. */
  account: { bin: string; number: string; name: string };
}

export interface PayosDesk {
  settings: PayosSettings;
  teller: Teller;
  behaviour: Behaviour;
  /** Where the payment pages are. */
  pages: string;
  /** By order code. */
  links: Map<number, PretendLink>;
}

export interface PretendLink {
  id: string;
  orderCode: number;
  amount: number;
  description: string;
  returnUrl: string;
  cancelUrl: string;
  createdAt: Instant;
  expiresAt?: Instant;
  status: 'PENDING' | 'PROCESSING' | 'PAID' | 'CANCELLED' | 'EXPIRED';
  cancelled?: { at: Instant; reason: string | null };
  transfer?: { reference: string; at: Instant };
}

/** An answer in place of the one asked for: payOS says most of them under 200. */
export class PayosRefusal extends Error {
  constructor(
    readonly code: string,
    readonly desc: string,
    readonly status = 200,
  ) {
    super(desc);
  }
}

/** Nine characters, as for an account that is not linked through payOS. */
const longestDescription = 9;
const text = (json: Record<string, unknown>, name: string): string => {
  const value = json[name];
  if (typeof value !== 'string' || value === '') throw new PayosRefusal('20', `Thông tin truyền lên không đúng: ${name}`);
  return value;
};
const whole = (json: Record<string, unknown>, name: string): number => {
  const value = json[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw new PayosRefusal('20', `Thông tin truyền lên không đúng: ${name}`);
  return value;
};

/** Throws PayosRefusal. */
export async function makeLink(desk: PayosDesk, json: Record<string, unknown>): Promise<object> {
  const { now, checksumKey } = desk.settings;
  const asked = {
    ...{ amount: whole(json, 'amount'), cancelUrl: text(json, 'cancelUrl'), description: text(json, 'description') },
    ...{ orderCode: whole(json, 'orderCode'), returnUrl: text(json, 'returnUrl') },
  };
  if (!same(text(json, 'signature'), signatureOf(asked, checksumKey))) throw new PayosRefusal('201', 'Mã kiểm tra(signature) không hợp lệ');
  if (asked.description.length > longestDescription) throw new PayosRefusal('21', 'Mô tả tối đa 9 kí tự');
  if (desk.links.has(asked.orderCode)) throw new PayosRefusal('231', 'Đơn thanh toán đã tồn tại');
  const expiresAt = json['expiredAt'] === undefined ? undefined : instantOf(whole(json, 'expiredAt') * 1000);
  if (expiresAt !== undefined && expiresAt <= now()) throw new PayosRefusal('20', 'Thời gian hết hạn không hợp lệ');
  const link: PretendLink = { ...asked, id: nameLike(''), createdAt: now(), status: 'PENDING', ...(expiresAt ? { expiresAt } : {}) };
  remember(desk.links, link.orderCode, link);
  const made = madeObject(desk, link);
  if (desk.behaviour === 'webhook_first') await pay(desk, link, 'webhook_first');
  return made;
}

/** By order code or by its own id, as it is now. Throws PayosRefusal. */
export function linkNamed(desk: PayosDesk, name: string): PretendLink {
  const link = desk.links.get(Number(name)) ?? [...desk.links.values()].find(({ id }) => id === name);
  if (!link) throw new PayosRefusal('101', 'Mã thanh toán không tồn tại');
  if (link.status === 'PENDING' && link.expiresAt !== undefined && link.expiresAt <= desk.settings.now()) link.status = 'EXPIRED';
  return link;
}

export function cancel({ settings }: PayosDesk, link: PretendLink, reason: string | null): void {
  if (link.status !== 'PENDING') throw new PayosRefusal('20', 'Đơn thanh toán không ở trạng thái chờ thanh toán');
  link.status = 'CANCELLED';
  link.cancelled = { at: settings.now(), reason };
}

/** Resolves when it was told; where the money is under way nothing is told until it arrives. */
export function pay(desk: PayosDesk, link: PretendLink, how: PaymentBehaviour): Promise<void> {
  const arrive = (as: PaymentBehaviour): Promise<void> => {
    link.status = 'PAID';
    link.transfer = { reference: `FT${digits(14)}`, at: desk.settings.now() };
    return desk.teller.tell(as, () => toldOf(desk, link));
  };
  if (how !== 'unpaid_then_paid') return arrive(how);
  link.status = 'PROCESSING';
  desk.teller.later(() => arrive('well'));
  return Promise.resolve();
}

const madeObject = ({ settings, pages }: PayosDesk, link: PretendLink): object => ({
  ...{ bin: settings.account.bin, accountNumber: settings.account.number, accountName: settings.account.name },
  ...{ amount: link.amount, description: link.description, orderCode: link.orderCode, currency: 'VND', paymentLinkId: link.id },
  ...{ status: link.status, checkoutUrl: `${pages}/web/${link.id}`, qrCode: `pretend-${link.id}` },
  ...(link.expiresAt ? { expiredAt: Math.floor(epochMsOf(link.expiresAt) / 1000) } : {}),
});

export const linkObject = (desk: PayosDesk, link: PretendLink): object => ({
  ...{ id: link.id, orderCode: link.orderCode, amount: link.amount },
  amountPaid: link.transfer ? link.amount : 0,
  amountRemaining: link.transfer ? 0 : link.amount,
  status: link.status,
  createdAt: withZone(link.createdAt),
  transactions: link.transfer ? [transferOf(desk, link, link.transfer, withZone(link.transfer.at))] : [],
  cancellationReason: link.cancelled?.reason ?? null,
  canceledAt: link.cancelled ? withZone(link.cancelled.at) : null,
});

const transferOf = ({ settings }: PayosDesk, link: PretendLink, { reference }: { reference: string }, at: string): object => ({
  ...{ reference, amount: link.amount, accountNumber: settings.account.number, description: link.description, transactionDateTime: at },
  ...{ virtualAccountName: null, virtualAccountNumber: null, counterAccountBankId: null, counterAccountBankName: null },
  ...{ counterAccountName: null, counterAccountNumber: null },
});

/** payos.vn/docs/du-lieu-tra-ve/webhook */
function toldOf(desk: PayosDesk, link: PretendLink) {
  const transfer = link.transfer ?? { reference: '', at: desk.settings.now() };
  const data = {
    ...transferOf(desk, link, transfer, vietnamTimeOf(transfer.at)),
    ...{ orderCode: link.orderCode, currency: 'VND', paymentLinkId: link.id, code: '00', desc: 'Thành công' },
  };
  const body = JSON.stringify({ ...signed(data, desk.settings.checksumKey), success: true });
  return { method: 'POST' as const, headers: { 'content-type': 'application/json' }, body };
}

/** `{code, desc, data, signature}` */
export const signed = (data: object, checksumKey: string) => ({
  code: '00',
  desc: 'success',
  data,
  signature: signatureOf(data, checksumKey),
});

/** Members by name; null is empty, lists are JSON with their members by name, and nothing is escaped. */
const signatureOf = (data: object, checksumKey: string): string =>
  createHmac('sha256', checksumKey)
    .update(
      sortedOf(data)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${Array.isArray(value) ? JSON.stringify(value.map(sorted)) : (value ?? '')}`)
        .join('&'),
    )
    .digest('hex');

const sortedOf = (data: object): [string, unknown][] => Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1));
const sorted = (value: object): object => Object.fromEntries(sortedOf(value));

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** `2026-11-21T14:05:09+07:00` */
const withZone = (at: Instant): string => `${vietnamTimeOf(at).replace(' ', 'T')}+07:00`;
