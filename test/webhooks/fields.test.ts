// The parts of banks' schemas: how long an id, an account or a reference may be, which the tables look up.
import { z } from 'zod';
import { optionalText, requiredText, transactionId } from '../../webhooks/fields';
import { shaped } from '../../webhooks/json';
import { Unreadable } from '../../webhooks/provider';

const schema = z.object({ account: requiredText, id: transactionId, reference: optionalText });
const read = (changes: object) => shaped({ account: '1026101000', id: 7, ...changes }, schema);
const longest = 'x'.repeat(200);

describe('an id, an account or a reference', () => {
  it.each(['account', 'id', 'reference'])('%s is read up to 200 characters, and left to a person beyond', (name) => {
    expect(read({ [name]: ` ${longest} ` })).toMatchObject({ [name]: longest });
    expect(() => read({ [name]: `${longest}x` })).toThrow(new Unreadable('unexpected_shape', name));
  });

  it.each([undefined, null, '', '  ', 5, {}])('that is not needed may be %j: then there is none', (reference) => {
    expect(read({ reference }).reference).toBeUndefined();
  });
});
