// The payment page of a pretend gateway: plain HTML for a phone, marked as a pretence, where a payer pays or goes back.
import type { Children } from '@kitajs/html';
import type { Money } from '../../domain/money';
import type { Reply } from './server';
import { paymentBehaviours, type Behaviour, type PaymentBehaviour } from './pretendGateway';

interface Offer {
  /** Whose page it is, such as `payOS`. */
  gateway: string;
  amount: Money;
  what: string;
  /** Where the form goes. */
  action: string;
  behaviour: Behaviour;
}

const styles = `body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#f4f4f5}
.mark{background:#7a1f1f;color:#fff;padding:.75rem 1rem;text-align:center}
main{max-width:26rem;margin:1rem auto;padding:1rem;background:#fff}
h1{font-size:1.25rem;margin:0 0 .5rem}
.amount{font-size:1.75rem;font-weight:700;margin:.25rem 0}
button{font:inherit;width:100%;min-height:3rem;margin-top:.75rem;border:2px solid #14532d;border-radius:.5rem;background:#14532d;color:#fff}
button.second{background:#fff;color:#14532d}
button:focus-visible,select:focus-visible{outline:3px solid #1d4ed8;outline-offset:2px}
label{display:block;margin-top:1rem}
select{font:inherit;width:100%;min-height:2.75rem}`;

const choices: Record<PaymentBehaviour, string> = {
  well: 'Báo ngay',
  webhook_first: 'Báo trước khi quay về',
  webhook_never: 'Không báo',
  webhook_twice: 'Báo hai lần',
  unpaid_then_paid: 'Quay về khi tiền chưa đến, sau đó tiền mới đến',
};

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Where a payer pays; the form sends `choice` (`pay` or `cancel`) and `how`. */
export const offerPage = ({ gateway, amount, what, action, behaviour }: Offer): Promise<Reply> =>
  page(
    200,
    <Frame gateway={gateway}>
      <h1>Thanh toán trực tuyến</h1>
      <p class="amount" safe>
        {dong(amount)}
      </p>
      <p safe>{what}</p>
      <form method="post" action={action}>
        <button name="choice" value="pay">
          Thanh toán
        </button>
        <button name="choice" value="cancel" class="second">
          Huỷ
        </button>
        <label>
          Cổng báo cho đơn vị thu thế nào
          <select name="how">
            {paymentBehaviours.map((one) => (
              <option value={one} selected={one === behaviour} safe>
                {choices[one]}
              </option>
            ))}
          </select>
        </label>
      </form>
    </Frame>,
  );

/** Nothing can be paid here, and why. */
export const refusalPage = (gateway: string, why: string): Promise<Reply> =>
  page(
    400,
    <Frame gateway={gateway}>
      <h1>Không thể thanh toán</h1>
      <p safe>{why}</p>
    </Frame>,
  );

export const sentTo = (location: string): Reply => ({ status: 303, headers: { location, 'referrer-policy': 'no-referrer' }, body: '' });

/** What the payer chose; undefined where it is neither. What is no behaviour of payments behaves well. */
export function chosenIn(form: string): { choice: 'pay' | 'cancel'; how: PaymentBehaviour } | undefined {
  const fields = new URLSearchParams(form);
  const choice = fields.get('choice');
  if (choice !== 'pay' && choice !== 'cancel') return undefined;
  return { choice, how: paymentBehaviours.find((one) => one === fields.get('how')) ?? 'well' };
}

export const addressWith = (address: string, query: string): string => `${address}${address.includes('?') ? '&' : '?'}${query}`;

/** What every page of a pretend gateway stands in. */
export function Frame({ gateway, children }: { gateway: string; children: Children }): JSX.Element {
  return (
    <>
      {'<!doctype html>'}
      <html lang="vi">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{`Cổng thử nghiệm ${gateway}`}</title>
          <style>{styles}</style>
        </head>
        <body>
          <header class="mark">
            <strong>Cổng thử nghiệm</strong> <span safe>{gateway}</span>: không có tiền thật
          </header>
          <main>{children}</main>
        </body>
      </html>
    </>
  );
}

export const page = async (status: number, html: JSX.Element): Promise<Reply> => ({ status, headers, body: await html });

/** `180.000 ₫` */
export const dong = (amount: Money): string => `${amount.toString().replace(/\B(?=(\d{3})+$)/g, '.')} ₫`;
