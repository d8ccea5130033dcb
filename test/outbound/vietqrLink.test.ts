// The optional link to a picture at vietqr.io: a string, built only when an office asks for it.
import { vnd } from '../../src/domain/money';
import { quickLinkOf } from '../../src/outbound/vietqrLink';

const mockLoaded: string[] = [];
jest.mock('axios', () => {
  mockLoaded.push('axios');
  return {};
});

const keys = { clientId: 'office', apiKey: 'key' };
const content = {
  bankBin: '970436',
  accountNumber: '0123456789',
  amount: vnd(50_000),
  memo: 'TTHC7K2MQX9P le phi',
  accountName: 'UBND PHUONG',
};

describe('The link to a picture at vietqr.io', () => {
  it.each([
    ['no client id', { ...keys, clientId: '' }],
    ['no key', { ...keys, apiKey: '' }],
  ])('is not made with %s, and nothing that could call out is even loaded', (_, missing) => {
    expect(quickLinkOf(missing, content)).toBeUndefined();
    expect(mockLoaded).toEqual([]);
  });

  it('names bank, account, amount, memo and account name', () => {
    expect(quickLinkOf(keys, content)).toBe(
      'https://api.vietqr.io/970436/0123456789/50000/TTHC7K2MQX9P+le+phi/qr_only.png?accountName=UBND+PHUONG',
    );
  });

  it.each(['a/b', 'a&b', 'a#b', 'a?b', 'a+b', '100%', 'lệ phí', '../..', ''])(
    'is not made from the memo "%s", which would change the address',
    (memo) => {
      expect(quickLinkOf(keys, { ...content, memo })).toBeUndefined();
    },
  );

  it('is not made for an account name or an amount that would change the address', () => {
    expect(quickLinkOf(keys, { ...content, accountName: 'A&B' })).toBeUndefined();
    expect(quickLinkOf(keys, { ...content, amount: vnd(-1) })).toBeUndefined();
  });
});
