// Reading JSON from outside: what is let in, and what is left to a person.
import { z } from 'zod';
import { plainText, readJson } from '../../webhooks/json';
import { Unreadable } from '../../webhooks/provider';

const schema = z.object({ text: plainText.optional() });
const read = (text: string) => readJson(Buffer.from(text), schema);
const nested = (depth: number): string => `{"extra":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

describe('a body is read', () => {
  it.each([
    ['with white space around everything', ' { "text" : "a" } \n', 'a'],
    ['with brackets, colons and quotes inside a text', '{"text":"[{\\"a\\":1,\\"a\\":2}]","other":"\\\\"}', '[{"a":1,"a":2}]'],
    ['with the same key in two different objects', '{"text":"a","one":{"amount":1},"two":[{"amount":1},{"amount":2}]}', 'a'],
    ['with tabs and line ends as spaces', '{"text":"a\\tb\\r\\nc"}', 'a b  c'],
    ['with loose Vietnamese marks put together', `{"text":"${'Nộp'.normalize('NFD')}"}`, 'Nộp'],
    ['with a whole pair outside of the basic plane', '{"text":"\\ud83d\\ude00"}', '😀'],
    ['after a byte order mark', '\ufeff{"text":"a"}', 'a'],
  ])('%s', (_, body, text) => expect(read(body)).toEqual({ text }));

  it('down to 32 brackets, and no deeper', () => {
    expect(read(nested(32))).toEqual({});
    expect(() => read(nested(33))).toThrow(new Unreadable('too_deep'));
  });
});

describe('a text keeps its money', () => {
  it.each([
    ['a NUL', '{"text":"a\\u0000b"}'],
    ['an escape character', '{"text":"a\\u001bb"}'],
    ['a control character of another age', '{"text":"a\\u0085b"}'],
    ['half a pair', '{"text":"a\\udc00b"}'],
  ])('although it has %s, which becomes a space', (_, body) => expect(read(body)).toEqual({ text: 'a b' }));
});

describe('a body is left to a person', () => {
  it.each([
    ['when it is empty', '', 'not_json'],
    ['when a text does not end', `{"text":"${'\\"'.repeat(30_000)}`, 'not_json'],
    ['when a key is no text', '{:1}', 'not_json'],
    ['when it is a list', '[]', 'unexpected_shape'],
    ['when a key comes twice', '{"text":"a","text":"a"}', 'duplicate_key: text'],
    ['when a key comes twice that no screen should show', '{"a\\u0000":1,"a\\u0000":2}', 'duplicate_key: a '],
    ['when a key comes twice further down', '{"one":[{"amount":1,"amount":2}]}', 'duplicate_key: amount'],
  ])('%s', (_, body, message) => expect(() => read(body)).toThrow(new Error(message)));
});
