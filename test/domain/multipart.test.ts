// Multipart forms: the same form however its bytes are cut, the file's bytes unharmed, and broken forms refused.
import fc from 'fast-check';
import { arrivingForm, boundaryIn, FormBroken } from '../../src/domain/multipart';

const boundary = 'x--boundary';
const part = (headers: string, body: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
const field = (name: string, value: string): Buffer => part(`Content-Disposition: form-data; name="${name}"`, value);
const file = (body: Buffer): Buffer =>
  part('Content-Disposition: form-data; name="file"; filename="Sao kê.csv"\r\nContent-Type: text/csv', body);
const end = Buffer.from(`--${boundary}--\r\n`);

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(bytes: Buffer, size: number) {
  const form = await arrivingForm(cut(bytes, size), boundary);
  const pieces: Buffer[] = [];
  for await (const piece of form.file?.bytes ?? []) pieces.push(Buffer.from(piece));
  return { fields: { ...form.fields }, name: form.file?.name, bytes: Buffer.concat(pieces), rest: { ...(await form.rest()) } };
}

describe('A multipart form', () => {
  it('is the same however it is cut, with what looks like its boundary inside the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 120 }), async (random, size) => {
        const body = Buffer.concat([Buffer.from(random), Buffer.from(`\r\n--x--bound\r\n--x--boundar!`), Buffer.from(random)]);
        const form = Buffer.concat([field('account', 'Tài khoản'), file(body), field('note', 'sau'), end]);
        expect(await read(form, size)).toEqual({
          fields: { account: 'Tài khoản' },
          name: 'Sao kê.csv',
          bytes: body,
          rest: { note: 'sau' },
        });
      }),
    );
  });

  it('without a file has its fields, and a file may be empty', async () => {
    expect(await read(Buffer.concat([field('a', '1'), end]), 7)).toMatchObject({ fields: { a: '1' }, name: undefined });
    expect(await read(Buffer.concat([file(Buffer.alloc(0)), end]), 5)).toMatchObject({ name: 'Sao kê.csv', bytes: Buffer.alloc(0) });
  });

  it.each([
    ['cut off', Buffer.concat([field('a', '1'), file(Buffer.from('abc'))]).subarray(0, -4)],
    ['a field named twice', Buffer.concat([field('a', '1'), field('a', '2'), end])],
    ['a part without a name', Buffer.concat([part('Content-Disposition: form-data', 'x'), end])],
    ['a field that never ends', Buffer.concat([field('a', 'x'.repeat(70_000)), end])],
    ['no boundary at all', Buffer.from('hello')],
  ])('is refused: %s', async (_what, bytes) => {
    await expect(read(bytes, 1_000)).rejects.toThrow(FormBroken);
  });

  it('names its boundary, with quotes or without', () => {
    expect(boundaryIn('multipart/form-data; boundary=abc')).toBe('abc');
    expect(boundaryIn('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b');
    expect(boundaryIn('application/json')).toBeUndefined();
    expect(boundaryIn(undefined)).toBeUndefined();
  });
});
