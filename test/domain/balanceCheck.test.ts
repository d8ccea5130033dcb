// The balance check: only what could be compared is called checked.
import { balanceCheckOf } from '../../src/domain/balanceCheck';
import { vnd } from '../../src/domain/money';
import { addMs, instantOf } from '../../src/domain/time';

const start = instantOf(0);
/** One đồng in a minute, with these balances after it. */
const movements = (...balances: (number | null)[]) =>
  balances.map((balance, minute) => ({
    id: String(minute),
    bankTime: addMs(start, minute * 60_000),
    amount: vnd(1),
    direction: 'in' as const,
    ...(balance === null ? {} : { balanceAfter: vnd(balance) }),
  }));

it.each([
  ['nothing was told', [], { kind: 'unheard' }],
  ['no balance was told', [null, null], { kind: 'no_balance' }],
  ['one balance was told', [null, 7], { kind: 'one_balance' }],
  ['they continue', [7, 8, 9], { kind: 'checked', upTo: addMs(start, 120_000) }],
  ['some are unknown', [7, 8, null, 12], { kind: 'partly', unknown: 1, looked: 4 }],
  ['they do not continue', [7, 9], { kind: 'waiting' }],
])('where %s', (_, balances, expected) => expect(balanceCheckOf(movements(...balances))).toEqual(expected));
