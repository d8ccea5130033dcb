// Refunds: money that goes back to its payer, asked for by one person, approved by another, sent, and confirmed by whoever moved it.
import { withCheckSymbols } from './checkSymbols';
import { alphabet, lettersOf, normalForm, textOf } from './contentLetters';
import type { Money } from './money';
import { isSoundAt, referenceRandomBytes } from './reference';
import { dayOf, type Instant } from './time';
import type { Transaction } from './transaction';

export const refundStates = ['requested', 'approved', 'sent', 'confirmed', 'refused', 'failed', 'withdrawn'] as const;
export type RefundState = (typeof refundStates)[number];

/** Those whose money is still to go back, or went; of the others the money waits for a home again. */
export const standingStates = ['requested', 'approved', 'sent', 'confirmed'] as const satisfies readonly RefundState[];
/** Those that somebody still has to do something about. */
export const openStates = ['requested', 'approved', 'sent'] as const satisfies readonly RefundState[];

/** Where the money is decides: a transfer of the unit, the gateway that holds it, or an order to the State Treasury (procedure 3.000116). */
export const refundWays = ['transfer', 'gateway', 'treasury'] as const;
export type RefundWay = (typeof refundWays)[number];

export interface Refund {
  id: string;
  transactionId: string;
  resolutionId: string;
  amount: Money;
  reason: string;
  state: RefundState;
  requestedBy: string;
  requestedAt: Instant;
  /** Grows with every step. */
  version: number;
  way?: RefundWay;
  /** What the transfer carries: since it was approved. */
  code?: string;
  /** The account that it is paid from. */
  accountId?: string;
  fileId?: string;
  sentAt?: Instant;
  /** When to ask the gateway again; absent where nobody asks. */
  tryAt?: Instant;
  tries: number;
  gatewayReference?: string;
  /** Why the last try failed. */
  problem?: string;
  confirmedAt?: Instant;
}

export const refundActs = ['request', 'prepare', 'approve', 'refuse', 'send', 'confirm', 'take_back', 'fail', 'withdraw'] as const;
export type RefundAct = (typeof refundActs)[number];

export interface RefundStep {
  refundId: string;
  version: number;
  act: RefundAct;
  from?: RefundState;
  to: RefundState;
  by: string;
  /** Whose right it was, where that was delegated. */
  onBehalfOf?: string;
  at: Instant;
  reason?: string;
}

/** The account that it goes to. `own` is the one that paid, as the bank told it; `other` needs evidence and two who approve. */
export interface Payee {
  kind: 'own' | 'other';
  bankBin: string;
  accountNumber: string;
  accountName: string;
  evidence?: string;
  statedBy: string;
  statedAt: Instant;
}

/** A file of transfers for the bank. */
export interface RefundFile {
  id: string;
  code: string;
  accountId: string;
  count: number;
  total: Money;
  madeBy: string;
  madeAt: Instant;
}

/** Which acts may follow on a state; an approval may need another one after it, and a confirmation that is taken back waits again. */
const follows: Readonly<Record<RefundState, readonly RefundAct[]>> = {
  requested: ['prepare', 'approve', 'refuse', 'withdraw'],
  approved: ['send', 'fail'],
  sent: ['confirm', 'fail'],
  confirmed: ['take_back'],
  refused: [],
  failed: [],
  withdrawn: [],
};

export const mayFollow = (state: RefundState, act: RefundAct): boolean => follows[state].includes(act);

/** The letters with which what the service itself wrote begins: a refund's code, and a file's. */
const [refundPrefix, filePrefix] = ['HT', 'HL'] as const;
const codeLength = refundPrefix.length + 8;
export { referenceRandomBytes as codeRandomBytes };

/** A code such as `HT7K2MQXAB`: letters and digits only, with check symbols, and nothing of a person in it. */
export const refundCode = (random: Uint8Array): string => refundPrefix + wordOf(random);
export const fileCode = (random: Uint8Array): string => filePrefix + wordOf(random);

function wordOf(random: Uint8Array): string {
  const six = Array.from(random.subarray(0, referenceRandomBytes), (byte) => byte % alphabet.length);
  return withCheckSymbols(six)
    .map((symbol) => alphabet.charAt(symbol))
    .join('');
}

/** The codes of refunds and files in what a bank tells of money that left, whatever it wrote around them. */
export function refundCodesIn(content: string): string[] {
  const letters = lettersOf(content);
  const found = new Set<string>();
  for (let start = 0; start + codeLength <= letters.count; start++) {
    const code = textOf(letters, start, codeLength);
    const isOurs = code.startsWith(refundPrefix) || code.startsWith(filePrefix);
    if (isOurs && isSoundAt(letters, start + refundPrefix.length)) found.add(code);
  }
  return [...found];
}

type Payer = Pick<Transaction, 'payerAccount' | 'payerName'>;

/** The account that paid, as the bank told it; undefined where it told none, or hid some of its digits. */
export function payersAccount({ payerAccount = '' }: Payer): string | undefined {
  const bare = payerAccount.replace(/[\s.-]/g, '').toUpperCase();
  return /^(?!.*XX)[0-9A-Z]{4,32}$/.test(bare) ? bare : undefined;
}

/**
 * Whether it is the account that paid, as the bank told it: another one is somebody's word. The bank is stated by a person, and elsewhere
 * the same number may be somebody else's: so a holder of another name than the bank told makes it another account.
 */
export const isOwnAccount = (payer: Payer, { accountNumber, accountName }: Pick<Payee, 'accountNumber' | 'accountName'>): boolean =>
  payersAccount(payer) === accountNumber.toUpperCase() &&
  (payer.payerName === undefined || normalForm(payer.payerName) === normalForm(accountName));

/** How many persons have to approve: two where the money does not go back where it came from. */
export const approvalsNeeded = (way: RefundWay, payee: Pick<Payee, 'kind'> | undefined): 1 | 2 =>
  way !== 'gateway' && payee?.kind === 'other' ? 2 : 1;

/** The standing approvals: those since the payee was stated last. */
export function approvalsIn(steps: readonly RefundStep[]): RefundStep[] {
  const prepared = steps.findLastIndex(({ act }) => act === 'prepare');
  return steps.slice(prepared + 1).filter(({ act }) => act === 'approve');
}

/** A gateway may take the number of a refund once in a day: a try of a later day is for people to decide. VNPAY's documents. */
export const mayTryAgain = ({ sentAt }: Pick<Refund, 'sentAt'>, now: Instant): boolean =>
  sentAt !== undefined && dayOf(sentAt) === dayOf(now);
