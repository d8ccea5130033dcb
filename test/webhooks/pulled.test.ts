// The providers' own lists: the same money has the same id there as in the webhook, and says the same.
import { providers } from '../../webhooks';
import { Unreadable, type IncomingTransaction, type WebhookRequest } from '../../webhooks/provider';
import { samples, type Sample } from './samples';

type Fields = Record<string, unknown>;
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const bodyOf = ({ body }: WebhookRequest): Fields => JSON.parse(body.toString());

const sepayRow = (told: Fields): Fields => ({
  id: String(told['id']),
  bank_brand_name: told['gateway'],
  account_number: told['accountNumber'],
  transaction_date: told['transactionDate'],
  amount_out: told['transferType'] === 'out' ? `${Number(told['transferAmount'])}.00` : '0.00',
  amount_in: told['transferType'] === 'in' ? `${Number(told['transferAmount'])}.00` : '0.00',
  accumulated: `${Number(told['accumulated'] ?? 0)}.00`,
  transaction_content: told['content'],
  reference_number: told['referenceCode'],
  code: told['code'],
  sub_account: told['subAccount'],
  bank_account_id: '19',
});
const sepayList = (...rows: Fields[]): Buffer => json({ status: 200, error: null, messages: { success: true }, transactions: rows });

const cassoRow = (told: Fields): Fields => ({
  id: told['id'],
  tid: told['reference'] ?? told['tid'],
  description: told['description'],
  amount: told['amount'],
  cusumBalance: told['runningBalance'] ?? told['cusum_balance'],
  when: String(told['transactionDateTime'] ?? told['when']).replace(' ', 'T'),
  bankSubAccId: told['accountNumber'] ?? told['bank_sub_acc_id'] ?? told['subAccId'],
  virtualAccount: told['virtualAccountNumber'] ?? told['virtualAccount'],
  corresponsiveName: told['counterAccountName'] ?? told['corresponsiveName'],
  corresponsiveAccount: told['counterAccountNumber'] ?? told['corresponsiveAccount'],
  bankCodeName: 'mbbank_biz',
});
const cassoList = (...records: Fields[]): Buffer => json({ error: 0, message: 'success', data: { page: 1, totalPages: 1, records } });

const paymentLink = ({ paymentLinkId, orderCode, ...transaction }: Fields): Buffer =>
  json({
    code: '00',
    desc: 'success',
    data: { id: paymentLinkId, orderCode, status: 'PAID', transactions: [transaction] },
    signature: 'x',
  });

/** `querydr` does not tell the bank's own number. */
const vnpayAnswer = (query: string, more: Fields = {}): Buffer => {
  const told = [...new URLSearchParams(query)].filter(([name]) => name.startsWith('vnp_') && name !== 'vnp_BankTranNo');
  return json({ vnp_ResponseId: 'r', vnp_Command: 'querydr', vnp_TransactionType: '01', ...Object.fromEntries(told), ...more });
};

const stripeList = (...events: Fields[]): Buffer => json({ object: 'list', url: '/v1/events', has_more: false, data: events });

/** What the provider's list says of the money of a webhook; undefined for the services that have no list which we ask. */
const listings: Record<string, (request: WebhookRequest) => Buffer | undefined> = {
  sepay: (request) => ('transferType' in bodyOf(request) ? sepayList(sepayRow(bodyOf(request))) : undefined),
  casso: (request) => cassoList(...[bodyOf(request)['data']].flat().map((told) => cassoRow(told as Fields))),
  payos: (request) => paymentLink(bodyOf(request)['data'] as Fields),
  vnpay: ({ query }) => vnpayAnswer(query),
  stripe: (request) => stripeList(bodyOf(request)),
};

/** What a list leaves out. */
const untold: Record<string, readonly (keyof IncomingTransaction)[]> = { casso: ['bankName'], vnpay: ['bankReference'] };

const isReal = ({ isTest }: IncomingTransaction): boolean => !isTest;
const readable = samples.filter(({ provider, meaning }) => listings[provider.name] && meaning.transactions !== undefined);
const cases = readable.flatMap((sample): [string, Sample, IncomingTransaction[], Buffer][] => {
  const told = sample.provider.normalise(sample.request);
  const list = told.length > 0 && told.every(isReal) ? listings[sample.provider.name]?.(sample.request) : undefined;
  return list ? [[sample.name, sample, told, list]] : [];
});

function read(provider: string, body: Buffer): IncomingTransaction[] {
  const readPulled = providers.find(({ name }) => name === provider)?.readPulled;
  if (!readPulled) throw new Error(`${provider} has no list`);
  return readPulled(body);
}

function without(transaction: IncomingTransaction, names: readonly (keyof IncomingTransaction)[]): Fields {
  return JSON.parse(JSON.stringify(transaction, (key, value: unknown) => (names.some((name) => name === key) ? undefined : value)));
}

describe('money told by a webhook and by the list', () => {
  it('is compared for every provider that has a list', () => {
    expect(Object.keys(listings).sort()).toEqual(
      providers
        .filter(({ readPulled, demoOnly }) => readPulled && !demoOnly)
        .map(({ name }) => name)
        .sort(),
    );
    for (const name of Object.keys(listings)) expect(cases.filter(([, { provider }]) => provider.name === name).length).toBeGreaterThan(5);
  });

  it.each(cases)('%s: has the same id, and says the same', (_, { provider }, told, list) => {
    const names = untold[provider.name] ?? [];
    expect(read(provider.name, list).map((one) => without(one, names))).toEqual(told.map((one) => without(one, names)));
  });

  it.each(cases)('%s: an answer changed in any way is read or is unreadable, and never a bug', (_, { provider }, __, list) => {
    for (let place = 0; place < list.length; place += Math.ceil(list.length / 150)) {
      const changed = Buffer.from(list);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      expectReadOrUnreadable(() => read(provider.name, changed));
    }
  });

  it.each(Object.keys(listings))('%s: an answer that is none is unreadable', (provider) => {
    for (const body of ['', '[]', 'null', '{}', '<html>', '{"data":1}'])
      expect(() => read(provider, Buffer.from(body))).toThrow(Unreadable);
  });
});

describe("SePay's list", () => {
  // As printed at developer.sepay.vn/en/sepay-api/v1/api-giao-dich, but for the payer's name.
  const published = {
    id: '49682',
    bank_brand_name: 'Vietcombank',
    account_number: '0071000888888',
    transaction_date: '2023-05-05 19:59:48',
    amount_out: '0.00',
    amount_in: '18067000.00',
    accumulated: '1200541768.00',
    transaction_content: 'NGUYEN VAN A chuyen tien...',
    reference_number: '677760.050523.080001',
    code: null,
    sub_account: 'VCB0011ABC004',
    bank_account_id: '19',
  };

  it('is read as it is published', () => {
    expect(without(read('sepay', sepayList(published))[0]!, [])).toEqual({
      providerId: '49682',
      direction: 'in',
      accountNumber: '0071000888888',
      virtualAccountNumber: 'VCB0011ABC004',
      bankName: 'Vietcombank',
      amount: 18_067_000,
      content: 'NGUYEN VAN A chuyen tien...',
      bankReference: '677760.050523.080001',
      bankTime: '2023-05-05T12:59:48.000Z',
      balanceAfter: 1_200_541_768,
      isTest: false,
    });
  });

  it('leaves out a row that moved nothing, and a balance that is not known', () => {
    const rows = read(
      'sepay',
      sepayList({ ...published, amount_in: '0.00' }, { ...published, accumulated: '0.00' }, { ...published, accumulated: 'x' }),
    );
    expect(rows.map(({ balanceAfter }) => balanceAfter)).toEqual([undefined, undefined]);
  });

  it('takes numbers that are none written as texts too', () => {
    expect(read('sepay', sepayList({ ...published, id: 49_682, amount_in: 18_067_000, amount_out: 0 }))).toEqual(
      read('sepay', sepayList(published)),
    );
  });

  it.each([
    ['a fraction of a đồng', { amount_in: '18067000.50' }],
    ['in and out at once', { amount_out: '5.00' }],
    ['more than any transfer', { amount_in: '1000000000000.00' }],
    ['less than nothing', { amount_in: '-5.00' }],
    ["the second edition's id, which no webhook carries", { id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890' }],
    ['an impossible day', { transaction_date: '2023-02-30 19:59:48' }],
    ['no account', { account_number: ' ' }],
  ])('is unreadable with %s', (_, change) => expect(() => read('sepay', sepayList({ ...published, ...change }))).toThrow(Unreadable));
});

describe("Casso's list", () => {
  // As printed at developer.casso.vn/casso-api/api/lay-giao-dich.
  const published = {
    id: 5789,
    tid: 'TF2104152395814062',
    description: 'NGUYEN VAN A chuyen tien',
    amount: -193_000,
    cusum_balance: 1_070_904,
    when: '2021-04-15T00:00:00',
    bankSubAccId: '8007041027107',
    paymentChannel: '',
    virtualAccount: '',
    virtualAccountName: '',
    corresponsiveName: '',
    corresponsiveAccount: '',
    corresponsiveBankId: '',
    corresponsiveBankName: '',
    accountId: 733,
    bankCodeName: 'acb_digi',
  };

  it('is read as it is published', () => {
    expect(without(read('casso', cassoList(published))[0]!, [])).toEqual({
      providerId: '5789',
      direction: 'out',
      accountNumber: '8007041027107',
      amount: 193_000,
      content: 'NGUYEN VAN A chuyen tien',
      bankReference: 'TF2104152395814062',
      bankTime: '2021-04-14T17:00:00.000Z',
      balanceAfter: 1_070_904,
      isTest: false,
    });
  });

  it.each([
    ['2021-04-15', '2021-04-14T17:00:00.000Z'],
    ['2021-04-15 07:30:00', '2021-04-15T00:30:00.000Z'],
    ['2021-04-15T07:30:00+07:00', '2021-04-15T00:30:00.000Z'],
  ])('says when as %s', (when, bankTime) => expect(read('casso', cassoList({ ...published, when }))[0]?.bankTime).toBe(bankTime));

  it('leaves out a row that moved nothing', () => expect(read('casso', cassoList({ ...published, amount: 0 }))).toEqual([]));
});

describe("payOS's answer about an order", () => {
  it('tells of each transfer that paid it, and of none where there is none', () => {
    const transfer = {
      reference: 'FT1',
      amount: 90_000,
      description: 'x',
      transactionDateTime: '2026-11-21T09:15:42+07:00',
      accountNumber: '1',
    };
    const data = { id: 'link', orderCode: 7, status: 'PAID', transactions: [transfer, { ...transfer, reference: 'FT2' }] };
    const told = read('payos', json({ code: '00', desc: 'success', data }));
    expect(told.map(({ providerId, orderId, bankTime }) => [providerId, orderId, bankTime])).toEqual([
      ['link FT1', '7', '2026-11-21T02:15:42.000Z'],
      ['link FT2', '7', '2026-11-21T02:15:42.000Z'],
    ]);
    expect(read('payos', json({ code: '00', data: { ...data, transactions: [] } }))).toEqual([]);
    expect(read('payos', json({ code: '101', desc: 'unknown', data: null }))).toEqual([]);
  });
});

describe("VNPAY's answer about an order", () => {
  const query =
    'vnp_Amount=18000000&vnp_OrderInfo=x&vnp_PayDate=20250325140237&vnp_ResponseCode=00&vnp_TmnCode=TESTTMN1&vnp_TransactionNo=14226112' +
    '&vnp_TransactionStatus=00&vnp_TxnRef=A101';

  it('tells of a payment, its numbers as texts or as numbers', () => {
    expect(read('vnpay', vnpayAnswer(query))).toHaveLength(1);
    const numbers = { vnp_Amount: 18_000_000, vnp_TransactionNo: 14_226_112, vnp_PayDate: 20_250_325_140_237, vnp_PromotionCode: null };
    expect(read('vnpay', vnpayAnswer(query, numbers))).toEqual(read('vnpay', vnpayAnswer(query)));
  });

  it.each([
    ['an order that nobody paid', { vnp_TransactionStatus: '01' }],
    ['a suspected fraud', { vnp_TransactionStatus: '07' }],
    ['a refund', { vnp_TransactionType: '02' }],
    ['an unknown order', { vnp_ResponseCode: '91', vnp_TransactionStatus: undefined }],
  ])('tells of none for %s', (_, change) => expect(read('vnpay', vnpayAnswer(query, change))).toEqual([]));
});

describe("Stripe's list of events", () => {
  it('tells the oldest first, whatever else happened', () => {
    const paid = samples.find(({ name }) => name === 'stripe session-paid');
    const event = bodyOf(paid!.request);
    const other = { id: 'evt_x', type: 'customer.created', created: 1, data: { object: {} } };
    const object = { ...(event['data'] as { object: Fields }).object, payment_intent: 'pi_older' };
    const told = read('stripe', stripeList(event, other, { ...event, data: { object } }));
    expect(told.map(({ providerId }) => providerId)).toEqual(['pi_older', paid!.provider.normalise(paid!.request)[0]!.providerId]);
  });
});

function expectReadOrUnreadable(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable);
  }
}
