// One contract for every provider, held against every recorded webhook.
import fc from 'fast-check';
import { instantOf } from '../../src/domain/time';
import { providerNamed, providers } from '../../webhooks';
import { SignatureInvalid, Unreadable, type WebhookRequest } from '../../webhooks/provider';
import { samples, type Sample } from './samples';

/** Long bodies are tried at this many places, short ones at every byte. */
const maxFlips = 600;

const genuine = samples.filter((sample) => sample.meaning.expectValid);
const forged = samples.filter((sample) => !sample.meaning.expectValid);
const signed = genuine.filter((sample) => sample.meaning.signatureHeader !== undefined);
const readable = genuine.filter((sample) => sample.meaning.transactions !== undefined);
const unreadable = genuine.filter((sample) => sample.meaning.unreadable !== undefined);

const sealedWithin = genuine.filter((sample) => sample.meaning.signedBody || sample.meaning.signedQuery);

const tested = (list: readonly Sample[]) => list.map((sample) => [sample.name, sample.meaning.about, sample] as const);
const verified = ({ provider, request, meaning }: Sample, secrets = meaning.secrets) =>
  provider.verify(request, secrets, meaning.now, meaning.settings ?? {});
const onTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the recorded webhooks', () => {
  it('are there: genuine and forged ones of every provider, each with its meaning and its source', () => {
    expect(samples.length).toBeGreaterThan(130);
    for (const provider of providers) {
      expect(genuine.filter((sample) => sample.provider === provider)).not.toHaveLength(0);
      expect(forged.filter((sample) => sample.provider === provider)).not.toHaveLength(0);
    }
    expect(readable.length + unreadable.length).toBe(genuine.length);
    for (const { meaning } of samples) expect(meaning.source).not.toBe('');
  });

  it('say of every provider that signs which bytes its signature covers; the others send their key itself', () => {
    for (const provider of providers) {
      const own = genuine.filter((sample) => sample.provider === provider);
      const isCovered = own.some((sample) => signed.includes(sample) || sealedWithin.includes(sample));
      expect([provider.name, isCovered || own.every(sendsItsKey)]).toEqual([provider.name, true]);
    }
  });
});

describe('a genuine webhook', () => {
  it.each(tested(genuine))('%s: names whose secret it was (%s)', (_, __, sample) => {
    expect(verified(sample)).toBe(sample.meaning.owner);
  });

  it.each(tested(genuine))('%s: is accepted with the old and with the new secret during a rotation', (_, __, sample) => {
    const other = { value: 'another-secret', owner: 'acc_other' };
    expect(verified(sample, [other, ...sample.meaning.secrets])).toBe(sample.meaning.owner);
    expect(verified(sample, [...sample.meaning.secrets, other])).toBe(sample.meaning.owner);
  });

  it.each(tested(readable))('%s: means these transactions (%s)', (_, __, { provider, request, meaning }) => {
    expect(onTheWire(provider.normalise(request))).toEqual(meaning.transactions);
  });

  it.each(tested(unreadable))('%s: is kept for a person (%s)', (_, __, { provider, request, meaning }) => {
    const { reason, field } = refusalOf(() => provider.normalise(request), Unreadable);
    expect(onTheWire({ reason, field })).toEqual(meaning.unreadable);
  });

  it.each(tested(genuine))('%s: gets the reply that its provider waits for', (_, __, { provider, meaning }) => {
    expect(provider.acknowledge(meaning.outcome ?? 'kept')).toEqual(meaning.acknowledgement);
  });
});

describe('a forged webhook', () => {
  it.each(tested(forged))('%s: is refused (%s)', (_, __, sample) => {
    expect(() => verified(sample)).toThrow(SignatureInvalid);
    expect(sample.provider.refuse()).toEqual(sample.meaning.acknowledgement);
  });

  it.each(tested(samples))('%s: is refused where no secret is set, or an empty or a wrong one', (_, __, sample) => {
    for (const value of [undefined, '', 'wrong-secret']) {
      const secrets = value === undefined ? [] : [{ value, owner: 'default' }];
      expect(() => verified(sample, secrets)).toThrow(SignatureInvalid);
    }
  });

  it.each(tested(signed))('%s: is refused with any one byte of its body changed', (_, __, sample) => {
    const changed = flipsOf(sample.request.body).map((body) => ({ ...sample.request, body }));
    expect(changed.filter((request) => isBelieved(sample, request))).toEqual([]);
  });

  it.each(tested(sealedWithin))('%s: with any one byte changed around its signature, is refused or means the same', (_, __, sample) => {
    const meant = meaningOf(sample, sample.request);
    const changed = [...changesOf(sample)];
    const believed = changed.filter((request) => isBelieved(sample, request));
    for (const request of believed) expect(meaningOf(sample, request)).toEqual(meant);
    expect(changed.length).toBeGreaterThan(50);
    // What is not signed is short: a name of our own, white space, a type.
    expect(believed.length).toBeLessThan(changed.length / 3);
  });

  it.each(tested(signed))('%s: is refused with any one letter of its signature changed, its case too', (_, __, sample) => {
    const name = sample.meaning.signatureHeader ?? '';
    const signature = Buffer.from(sample.request.headers[name] ?? '', 'latin1');
    const changed = [...flipsOf(signature, 0x01), ...flipsOf(signature, 0x20)].map((bytes) => bytes.toString('latin1'));
    const values = [...changed, '', 'a'.repeat(10_000), `${signature}, ${signature}`, undefined];
    const believed = values.filter((value) =>
      isBelieved(sample, { ...sample.request, headers: { ...sample.request.headers, [name]: value } }),
    );
    expect(believed).toEqual([]);
  });
});

describe('whatever is sent', () => {
  it.each(providers.map((provider) => [provider.name, provider] as const))(
    '%s refuses strange headers, queries and bodies, and nothing worse',
    (_, provider) => {
      const now = instantOf(1_795_227_345_000);
      const names = new Set(samples.flatMap((sample) => Object.keys(sample.request.headers)));
      const headers = fc.dictionary(fc.constantFrom(...names), fc.string());
      const queries = fc.oneof(fc.string(), fc.webQueryParameters());
      const bodies = fc.oneof(fc.uint8Array(), fc.json(), fc.constantFrom(...samples.map((sample) => sample.request.body)));
      const settings = Object.fromEntries((provider.settings ?? []).map((name) => [name, 'ours']));
      fc.assert(
        fc.property(headers, queries, bodies, (some, query, bytes) => {
          const request = { method: 'POST', path: `/webhooks/${provider.name}`, query, headers: some, body: Buffer.from(bytes) };
          for (const known of [{}, settings])
            expect(() => provider.verify(request, [{ value: 'secret', owner: 'default' }], now, known)).toThrow(SignatureInvalid);
        }),
      );
    },
  );

  it.each(tested(genuine))('%s: a message changed in any way is read or is unreadable, and never a bug', (_, __, { provider, request }) => {
    for (const body of flipsOf(request.body)) expectReadOrUnreadable(() => provider.normalise({ ...request, body }));
    for (const query of queryFlipsOf(request)) expectReadOrUnreadable(() => provider.normalise({ ...request, query }));
  });
});

describe('the list of providers', () => {
  it('names each once, and finds it by its name', () => {
    expect(new Set(providers.map((provider) => provider.name)).size).toBe(providers.length);
    expect(providerNamed('sepay')?.name).toBe('sepay');
    expect(providerNamed('nobody')).toBeUndefined();
  });

  it('hides the pretend bank outside of demo mode', () => {
    expect(providerNamed('sandbox')).toBeUndefined();
    expect(providerNamed('sandbox', true)?.name).toBe('sandbox');
  });
});

/** The request with one byte changed of what its signature lies in; the case of letters too. */
function* changesOf({ request, meaning }: Sample): Generator<WebhookRequest> {
  for (const mask of [0x01, 0x20]) {
    if (meaning.signedBody) for (const body of flipsOf(request.body, mask)) yield { ...request, body };
    if (meaning.signedQuery) for (const query of queryFlipsOf(request, mask)) yield { ...request, query };
  }
}

const queryFlipsOf = ({ query }: WebhookRequest, mask?: number): string[] =>
  flipsOf(Buffer.from(query, 'latin1'), mask).map((bytes) => bytes.toString('latin1'));

const sendsItsKey = ({ request, meaning }: Sample): boolean =>
  meaning.secrets.some(({ value }) => Object.values(request.headers).some((header) => header?.includes(value)));

function isBelieved({ provider, meaning }: Sample, request: WebhookRequest): boolean {
  try {
    provider.verify(request, meaning.secrets, meaning.now, meaning.settings ?? {});
    return true;
  } catch (error) {
    if (error instanceof SignatureInvalid) return false;
    throw error;
  }
}

/** What a request tells: its transactions, or why it is unreadable. */
function meaningOf({ provider }: Sample, request: WebhookRequest): unknown {
  try {
    return onTheWire(provider.normalise(request));
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

function flipsOf(bytes: Buffer, mask = 0x01): Buffer[] {
  const step = Math.ceil(bytes.length / maxFlips);
  return Array.from({ length: Math.floor(bytes.length / step) }, (_, i) => flipped(bytes, i * step, mask));
}

function flipped(bytes: Buffer, place: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(place) ^ mask, place);
  return copy;
}

function expectReadOrUnreadable(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
}

function refusalOf<Refusal extends Error>(act: () => unknown, kind: new (...given: never[]) => Refusal): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
