// payOS, which signs inside of its body: what only it knows.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { addMs, instantOf } from '../../src/domain/time';
import { payos } from '../../webhooks/payos';
import { SignatureInvalid, Unreadable, type Outcome, type WebhookRequest } from '../../webhooks/provider';
import { samples } from './samples';

const now = instantOf(1_795_227_345_000);
const secrets = [{ value: 'demo-secret-payos', owner: 'default' }];

const digest = (text: string): string => createHmac('sha256', 'demo-secret-payos').update(text).digest('hex');
const sent = (body: string): WebhookRequest => ({
  method: 'POST',
  path: '/webhooks/payos',
  query: '',
  headers: {},
  body: Buffer.from(body),
});
const signed = (data: string, text: string) => sent(`{"code":"00","data":${data},"signature":"${digest(text)}"}`);
const verify = (request: WebhookRequest, at = now) => payos.verify(request, secrets, at, {});

const genuine = samples.filter((sample) => sample.provider === payos && sample.meaning.expectValid);
const named = genuine.map((sample) => [sample.name, sample] as const);

describe('a genuine webhook', () => {
  it.each(named)('%s: with any one bit of its data changed, is refused or means the same', (_, { request, meaning }) => {
    const [from, to] = placeOfData(request.body);
    const meant = outcomeOf(request);
    for (let place = from; place < to; place += 1) {
      for (const mask of [0x01, 0x04, 0x20]) {
        const changed = { ...request, body: Buffer.from(request.body) };
        changed.body.writeUInt8(request.body.readUInt8(place) ^ mask, place);
        if (isBelieved(changed, meaning.secrets)) expect(outcomeOf(changed)).toEqual(meant);
      }
    }
  });

  it('is believed on any day: there is no time in its signature', () => {
    for (const days of [-1000, -1, 0, 1, 1000]) expect(verify(signed('{}', ''), addMs(now, days * 86_400_000))).toBe('default');
  });

  it('is acknowledged whatever became of it, so that it is not sent again and the address can be registered', () => {
    const outcomes: Outcome[] = ['kept', 'already_kept', 'unreadable', 'unknown_order', 'wrong_amount'];
    for (const outcome of outcomes) expect(payos.acknowledge(outcome)).toMatchObject({ status: 200, body: '{"success":true}' });
  });
});

describe('what is signed', () => {
  it.each([
    ['names in order', '{"b":1,"C":2,"a":3}', 'C=2&a=3&b=1'],
    ['a null, as nothing', '{"b":null,"a":1}', 'a=1&b='],
    ['the words null and undefined, as nothing', '{"a":"null","b":"undefined"}', 'a=&b='],
    ['texts as they are', '{"a":"Phí hồ sơ & 50% = +/\\u0020\\n"}', 'a=Phí hồ sơ & 50% = +/ \n'],
    ['numbers as they were sent', '{"a":12345678901234567890,"b":1.0}', 'a=12345678901234567890&b=1.0'],
    ['yes and no as words', '{"a":true,"b":false}', 'a=true&b=false'],
    ['lists as JSON', '{"a":[{"z":1,"y":"ộ"}],"b":[]}', 'a=[{"y":"ộ","z":1}]&b=[]'],
    ['objects as JavaScript joins them', '{"a":{"b":1}}', 'a=[object Object]'],
    ['a name that every object has', '{"b":1,"__proto__":2}', '__proto__=2&b=1'],
  ])('has %s', (_, data, text) => expect(verify(signed(data, text))).toBe('default'));

  it.each([
    ['a null that was left out', '{"a":1}', 'a=1&b='],
    ['a null that was added', '{"a":1,"b":null}', 'a=1'],
    ['URL-encoded', '{"a":"1 2"}', 'a=1+2'],
    ['in the order of sending', '{"b":1,"a":2}', 'b=1&a=2'],
    ['a number that a float would take for it', '{"a":12345678901234567168}', 'a=12345678901234567890'],
  ])('is not %s', (_, data, text) => expect(() => verify(signed(data, text))).toThrow(SignatureInvalid));

  it.each([
    [
      'the payer’s name',
      '{"counterAccountName":"X&description=NPREF","orderCode":1}',
      '{"counterAccountName":"X","description":"NPREF","orderCode":1}',
    ],
    [
      'the payer’s words',
      '{"code":"00","description":"NPREF&description=own","orderCode":1}',
      '{"code":"00","description":"NPREF","description=own&orderCode":1}',
    ],
    ['a name of a field', '{"a":1,"b=2&description":"NPREF"}', '{"a":"1&b=2","description":"NPREF"}'],
  ])('is not believed where %s hides another field, so that one signature fits two payments', (_, one, other) => {
    const asSent = (data: string): string =>
      Object.entries(JSON.parse(data) as object)
        .map(([name, value]) => `${name}=${value}`)
        .join('&');
    const believed = [one, other].filter((data) => isBelieved(signed(data, asSent(data)), secrets));
    expect(believed.length).toBeLessThan(2);
    expect(believed).not.toContain(one);
  });

  it.each(['A & B = C', 'toan&ly=10', 'phi?a=1&b=2', 'description=own', '& amount=5', 'x&amount'])(
    'is believed with %j as the payer’s words',
    (words) => {
      const request = signed(JSON.stringify({ amount: 5, description: words }), `amount=5&description=${words}`);
      expect(verify(request)).toBe('default');
    },
  );

  it('does not depend on the order of sending', () => {
    const data = fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), fc.oneof(fc.string(), fc.nat()), { maxKeys: 8 });
    fc.assert(
      fc.property(data, fc.infiniteStream(fc.nat()), (told, chances) => {
        const shuffled = Object.entries(told)
          .map((member) => ({ member, chance: chances.next().value ?? 0 }))
          .sort((a, b) => a.chance - b.chance)
          .map(({ member }) => member);
        const text = [...shuffled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${emptied(value)}`);
        expect(verify(signed(JSON.stringify(Object.fromEntries(shuffled)), text.join('&')))).toBe('default');
      }),
    );
  });
});

describe('what cannot be signed', () => {
  it.each([
    '',
    '[]',
    'null',
    '{}',
    '{"data":{}}',
    '{"data":null,"signature":""}',
    '{"data":"","signature":"0"}',
    '{"data":{},"signature":0}',
  ])('%j is refused', (body) => expect(() => verify(sent(body))).toThrow(SignatureInvalid));
});

const emptied = (value: string | number): string | number => (value === 'null' || value === 'undefined' ? '' : value);

/** From the bracket that opens `data` to the one that closes it; no sample has a bracket in a text of its data. */
function placeOfData(body: Buffer): [number, number] {
  const from = body.indexOf('{', body.indexOf('"data"'));
  let depth = 0;
  for (let place = from; place < body.length; place += 1) {
    const byte = String.fromCharCode(body.readUInt8(place));
    depth += Number(byte === '{') - Number(byte === '}');
    if (depth === 0) return [from, place + 1];
  }
  throw new Error('data is never closed');
}

function isBelieved(request: WebhookRequest, known: typeof secrets): boolean {
  try {
    payos.verify(request, known, now, {});
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SignatureInvalid);
    return false;
  }
}

function outcomeOf(request: WebhookRequest): unknown {
  try {
    return JSON.stringify(payos.normalise(request));
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}
