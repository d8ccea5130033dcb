// Identifiers: a short prefix that says what the row is, then time and chance, so that they sort and cannot be guessed.
const prefixes = {
  agency: 'ag',
  certificate: 'cert',
  account: 'acc',
  cashReturn: 'cr',
  cashTaking: 'cash',
  catalogue: 'fc',
  claim: 'cl',
  counter: 'ct',
  dayClose: 'dc',
  delegation: 'dg',
  delivery: 'dl',
  deposit: 'cd',
  differenceNote: 'dn',
  dossier: 'ds',
  explanation: 'ex',
  export: 'xp',
  feeVersion: 'fv',
  obligation: 'ob',
  officer: 'of',
  paymentRequest: 'pr',
  receipt: 'rc',
  receiptNotice: 'rn',
  receiptPrint: 'rp',
  refund: 'rf',
  refundFile: 'bf',
  remittance: 'rm',
  resolution: 'rs',
  retention: 'rr',
  ruleSet: 'rl',
  ruleTrial: 'rt',
  secret: 'sec',
  settlement: 'gs',
  shift: 'sh',
  statement: 'st',
  statementLayout: 'sl',
  subscriber: 'sub',
  syncFlag: 'sf',
  transaction: 'tx',
} as const;

export type Kind = keyof typeof prefixes;

/** Bytes of chance in one id, of which 60 bits are used. */
export const idRandomBytes = 8;

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';
const timeLetterCount = 10;
const turnLetterCount = 4;
const chanceLetterCount = 12;
const shape = new RegExp(`^[${crockford}]{${timeLetterCount + turnLetterCount + chanceLetterCount}}$`);

/**
 * A new id such as `ob_01k…`: the time in milliseconds, its turn within that millisecond, and chance. Ids of one process sort in the
 * order of making, so that what is made together lies together in every index; chance makes them differ between processes, and unguessable.
 */
export function newId(kind: Kind, { epochMs, turn }: { epochMs: number; turn: number }, random: Uint8Array): string {
  return `${prefixes[kind]}_${lettersOf(epochMs, timeLetterCount)}${lettersOf(turn, turnLetterCount)}${chanceLetters(random)}`;
}

/** Comes before every id of that kind that is made from a time on, and after those made before it. */
export const idFrom = (kind: Kind, epochMs: number): string => `${prefixes[kind]}_${lettersOf(Math.max(0, epochMs), timeLetterCount)}`;

/** Whether the text could be an id of that kind. */
export const isId = (kind: Kind, text: string): boolean =>
  text.startsWith(`${prefixes[kind]}_`) && shape.test(text.slice(prefixes[kind].length + 1));

/** The lowest five bits a letter, the highest first. */
function lettersOf(value: number, count: number): string {
  let text = '';
  for (let rest = value, i = 0; i < count; i++, rest = Math.floor(rest / 32)) text = crockford.charAt(rest % 32) + text;
  return text;
}

function chanceLetters(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 5; count -= 5) text += crockford.charAt((bits >> (count - 5)) & 31);
  }
  return text.slice(0, chanceLetterCount);
}
