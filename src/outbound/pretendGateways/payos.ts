// A pretend payOS: payment links as its API has them, a payment page, and signed webhooks. Source: payos.vn/docs/api
import { vnd } from '../../domain/money';
import { jsonOf } from '../feeds/answer';
import { addressWith, chosenIn, offerPage, refusalPage, sentTo } from './page';
import {
  cancel,
  linkNamed,
  linkObject,
  makeLink,
  pay,
  PayosRefusal,
  signed,
  type PayosDesk,
  type PayosSettings,
  type PretendLink,
} from './payosLinks';
import type { PretendGateway } from './pretendGateway';
import { gatewayOver, type Asked, type Reply } from './server';
import { tellerTo } from './teller';

const pagePrefix = '/web/';
const linksPath = '/v2/payment-requests';

export function pretendPayos(settings: PayosSettings): PretendGateway {
  const teller = tellerTo(settings, (status) => status >= 200 && status < 300);
  const desk: PayosDesk = { settings, teller, behaviour: 'well', pages: '', links: new Map() };
  const isPage = (path: string): boolean => path.startsWith(pagePrefix);
  return gatewayOver('payos', desk, { isPage, answer: (asked) => (isPage(asked.path) ? pageFor(desk, asked) : apiAnswer(desk, asked)) });
}

async function apiAnswer(desk: PayosDesk, asked: Asked): Promise<Reply> {
  try {
    return { status: 200, body: signed(await answered(desk, asked), desk.settings.checksumKey) };
  } catch (error) {
    if (error instanceof PayosRefusal) return { status: error.status, body: { code: error.code, desc: error.desc } };
    throw error;
  }
}

async function answered(desk: PayosDesk, { method, path, headers, body }: Asked): Promise<object> {
  const { clientId, token } = desk.settings;
  if (headers['x-client-id'] !== clientId) throw new PayosRefusal('214', 'Cổng thanh toán không tồn tại hoặc đã tạm dừng');
  if (headers['x-api-key'] !== token) throw new PayosRefusal('401', 'Unauthorized', 401);
  if (method === 'POST' && path === linksPath) return makeLink(desk, objectIn(body));
  const [, name = '', verb] = /^\/v2\/payment-requests\/(\w+)(\/cancel)?$/.exec(path) ?? [];
  if (name === '' || method !== (verb ? 'POST' : 'GET')) throw new PayosRefusal('404', 'Not Found', 404);
  const link = linkNamed(desk, name);
  if (verb) cancel(desk, link, reasonIn(body));
  return linkObject(desk, link);
}

function objectIn(body: string): Record<string, unknown> {
  const json = jsonOf(Buffer.from(body));
  if (typeof json !== 'object' || json === null) throw new PayosRefusal('20', 'Thông tin truyền lên không đúng');
  return { ...json };
}

function reasonIn(body: string): string | null {
  const reason = body === '' ? undefined : objectIn(body)['cancellationReason'];
  return typeof reason === 'string' ? reason : null;
}

async function pageFor(desk: PayosDesk, { method, path, body }: Asked): Promise<Reply> {
  const link = linkFor(desk, path.slice(pagePrefix.length));
  if (link?.status !== 'PENDING') return refusalPage('payOS', 'Liên kết thanh toán này đã kết thúc.');
  const chosen = method === 'POST' ? chosenIn(body) : undefined;
  const { amount, description: what } = link;
  if (!chosen) return offerPage({ gateway: 'payOS', amount: vnd(amount), what, action: path, behaviour: desk.behaviour });
  if (chosen.choice === 'cancel') {
    cancel(desk, link, null);
    return returned(link.cancelUrl, link);
  }
  const told = pay(desk, link, chosen.how);
  if (chosen.how === 'webhook_first') await told;
  return returned(link.returnUrl, link);
}

function linkFor(desk: PayosDesk, id: string): PretendLink | undefined {
  try {
    return linkNamed(desk, id);
  } catch {
    return undefined;
  }
}

/** payos.vn/docs/du-lieu-tra-ve/return-url */
function returned(address: string, { id, orderCode, status }: PretendLink): Reply {
  const query = { code: '00', id, cancel: String(status === 'CANCELLED'), status, orderCode: String(orderCode) };
  return sentTo(addressWith(address, new URLSearchParams(query).toString()));
}
