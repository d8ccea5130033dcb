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

const tested = (list: readonly Sample[]) => list.map((sample) => [sample.name, sample.meaning.about, sample] as const);
const verified = ({ provider, request, meaning }: Sample, secrets = meaning.secrets) => provider.verify(request, secrets, meaning.now, meaning.settings ?? {});
const onTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the recorded webhooks', () => {
  it('are there: genuine and forged ones of every provider, each with its meaning and its source', () => {
    expect(samples.length).toBeGreaterThan(25);
    for (const provider of providers) {
      expect(genuine.filter((sample) => sample.provider === provider)).not.toHaveLength(0);
      expect(forged.filter((sample) => sample.provider === provider)).not.toHaveLength(0);
    }
    expect(readable.length + unreadable.length).toBe(genuine.length);
    for (const { meaning } of samples) expect(meaning.source).not.toBe('');
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
    for (const body of flipsOf(sample.request.body)) expectRefused(sample, { ...sample.request, body });
  });

  it.each(tested(signed))('%s: is refused with any one letter of its signature changed, its case too', (_, __, sample) => {
    const name = sample.meaning.signatureHeader ?? '';
    const signature = Buffer.from(sample.request.headers[name] ?? '', 'latin1');
    const changed = [...flipsOf(signature, 0x01), ...flipsOf(signature, 0x20)].map((bytes) => bytes.toString('latin1'));
    for (const value of [...changed, '', 'a'.repeat(10_000), `${signature}, ${signature}`, undefined]) {
      expectRefused(sample, { ...sample.request, headers: { ...sample.request.headers, [name]: value } });
    }
  });
});

describe('whatever is sent', () => {
  it.each(providers.map((provider) => [provider.name, provider] as const))(
    '%s refuses strange headers and nothing worse',
    (_, provider) => {
      const now = instantOf(1_795_227_345_000);
      const headers = fc.dictionary(fc.constantFrom('authorization', 'x-sepay-signature', 'x-sepay-timestamp'), fc.string());
      fc.assert(
        fc.property(headers, fc.uint8Array(), (some, bytes) => {
          const request = { method: 'POST', path: `/webhooks/${provider.name}`, query: '', headers: some, body: Buffer.from(bytes) };
          expect(() => provider.verify(request, [{ value: 'secret', owner: 'default' }], now, {})).toThrow(SignatureInvalid);
        }),
      );
    },
  );

  it.each(tested(readable))('%s: a body changed in any way is read or is unreadable, and never a bug', (_, __, { provider, request }) => {
    for (const body of flipsOf(request.body)) expectReadOrUnreadable(() => provider.normalise({ ...request, body }));
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

function flipsOf(bytes: Buffer, mask = 0x01): Buffer[] {
  const step = Math.ceil(bytes.length / maxFlips);
  return Array.from({ length: Math.floor(bytes.length / step) }, (_, i) => flipped(bytes, i * step, mask));
}

function flipped(bytes: Buffer, place: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(place) ^ mask, place);
  return copy;
}

function expectRefused({ provider, meaning }: Sample, request: WebhookRequest): void {
  expect(() => provider.verify(request, meaning.secrets, meaning.now, meaning.settings ?? {})).toThrow(SignatureInvalid);
}

function expectReadOrUnreadable(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable);
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
