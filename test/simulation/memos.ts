// Memos: how citizens write our codes, and what senders' and receivers' banks make of it; forms seen in the field, for the simulator.
import { vietnamTimeOf, instantOf } from '../../src/domain/time';
import { digits, happens, weighed, type Chance } from './chances';

const payers = [
  'NGUYEN VAN AN',
  'TRAN THI BICH',
  'LE HOANG CUONG',
  'PHAM THU HA',
  'DO QUANG MINH',
  'VU THI HONG NHUNG',
  'BUI DUC THANG',
] as const;
const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

type Writing = (code: string, chance: Chance) => string;

/** What the citizen's app leaves of the code: the QR fills it in, or a hand types it. */
const writings = {
  bare: (code) => code,
  introduced: (code) => `nop le phi ${code}`,
  followed: (code) => `${code} nop phi ho so`,
  marked: (code) => `Nộp lệ phí ${code}`,
  lower: (code) => code.toLowerCase(),
  spaced: (code) => `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`,
  hyphened: (code) => `${code.slice(0, 2)}-${code.slice(2, 6)}-${code.slice(6)}`,
  dotted: (code) => `${code.slice(0, 5)}.${code.slice(5)}`,
  twice: (code) => `${code} ${code}`,
  glued: (code) => `naptien${code}T970436`,
  named: (code, chance) => `${payers[chance.below(payers.length)]} ${code}`,
} satisfies Record<string, Writing>;

const writingWeights: Record<keyof typeof writings, number> = {
  ...{ bare: 60, introduced: 6, followed: 6, marked: 4, lower: 4, spaced: 4, hyphened: 3, dotted: 2, twice: 2, glued: 4, named: 5 },
};

/** The memo as the citizen sends it off; several codes stand side by side. */
export function written(codes: readonly string[], chance: Chance): string {
  const write = writings[weighed(chance, writingWeights)];
  const join = [' ', ', ', ' va ', '', '+'][chance.below(5)] ?? ' ';
  return codes.length === 1 ? write(codes[0] ?? '', chance) : codes.join(join);
}

/** What is left of a memo when the citizen, or a wallet, sends none of ours. */
export const wiped = (chance: Chance): string =>
  ['', 'chuyen khoan', `${payers[chance.below(payers.length)]} chuyen tien`, `${digits(chance, 11)}-09${digits(chance, 8)}`][
    chance.below(4)
  ] ?? '';

/** A memo with all that a bank knows to put around it. */
interface Carried {
  memo: string;
  chance: Chance;
  bankMs: number;
  payer: string;
  payerAccount: string;
  accountNumber: string;
}

type Carrier = (carried: Carried) => string;

const senders = {
  plain: ({ memo }) => memo,
  vietcombank: ({ memo, chance, payer, payerAccount, accountNumber }) =>
    `MBVCB.${digits(chance, happens(chance, 0.5) ? 10 : 11)}.${digits(chance, 6)}.${memo}.CT tu ${payerAccount} ${payer} toi ${accountNumber} TT PVHCC MAU tai MB`,
  techcombank: ({ memo, chance }) => `${memo} FT${digits(chance, 14)}`,
  acb: ({ memo, chance, bankMs }) => `${memo.toUpperCase()}-${ddmmyy(bankMs)}-${time(bankMs)} ${digits(chance, 6)}`,
  sacombank: ({ memo }) => `IBFT ${memo}`,
  vietinbank: ({ memo }) => `QR - ${memo}`,
  tpbank: ({ memo }) => `${memo} (by TPBank ChatPay)`,
  zalopay: ({ memo, chance }) => `ZP${digits(chance, 12)} ${digits(chance, 15)} ${memo}`,
  momo: ({ memo, chance }) => `${digits(chance, 12)}-09${digits(chance, 8)}-${memo}`,
  momoGlued: ({ memo, chance }) => `MoMoT09${digits(chance, 8)}T${digits(chance, 11)}T970436T${memo}`,
} satisfies Record<string, Carrier>;

const receivers = {
  plain: ({ memo }) => memo,
  vietinbank: ({ memo, payer, payerAccount }) => `CT nhanh 247 den: ${memo} (CT1111) ${payer} ${payerAccount.slice(0, -3)}***`,
  vietinbankNapas: ({ memo, payer }) => `Chuyen tien den tu NAPAS Noi dung: ${memo} (CT1111) VND-TGTT-${payer}`,
  vietinbankTimed: ({ memo, bankMs, payer }) => `${memo}; thoi gian GD:${ddmmyyyy(bankMs)} ${time(bankMs)} ${payer}`,
  vietinbankAccount: ({ memo, accountNumber, payer }) => `Vietinbank;${accountNumber};${memo} ${payer}`,
  bidv: ({ memo, payerAccount }) => `TKThe :${payerAccount}, tai VCB. ${memo} -CTLNHIDI000009811417320-1/1-CRE-002`,
  bidvNapas: ({ memo, payerAccount, chance }) =>
    `${payerAccount} TKThe :${payerAccount}, tai MB. ${memo} -B2B0200970422${digits(chance, 22)}`,
  vietcombank: ({ memo, bankMs, chance }) =>
    `0200970415${ddmmyy(bankMs)}${digits(chance, 8)}${mixed(chance, 4)}${digits(chance, 6)}.${digits(chance, 5)}.${digits(chance, 6)}.${memo}`,
  vietcombankShort: ({ memo, bankMs, chance }) => `${digits(chance, 6)}.${ddmmyy(bankMs)}.${digits(chance, 6)}.${memo}`,
  agribank: ({ memo, chance }) => `MB(${digits(chance, 6)})(${memo})`,
  mb: ({ memo, chance }) => wrapped(`CUSTOMER ${memo} - Ma giao dich/ Trace ${digits(chance, 6)}`),
  mbAcsp: ({ memo, chance }) => wrapped(`${memo}- Ma GD ACSP/ ${mixed(chance, 2)}${digits(chance, 6)}`),
  mbTrimmed: ({ memo, chance }) => wrapped(`CUSTOMER ${memo} - Ma giao dich/ Trace ${digits(chance, 6)}`).replace(/ {2}/g, ' '),
  mbNamed: ({ memo, payer }) => `${payer} ${memo}`,
  acb: ({ memo, chance, bankMs }) => `${memo} GD ${digits(chance, 6)}-${ddmmyy(bankMs)} ${time(bankMs)}`,
  acbCtr: ({ memo, chance }) => `SACOMBANK-GD ${digits(chance, 6)}-970403-/CTR/${memo}/MAC/${mixed(chance, 8)}`,
  sacombank: ({ memo, chance, payer }) => `${memo} CKN ${digits(chance, 1)} ${digits(chance, 12)} - ${payer}`,
  unpunctuated: ({ memo }) => memo.replace(/[^A-Za-z0-9 ]/g, ' '),
  stripped: ({ memo }) => memo.replace(/[^A-Za-z0-9]/g, ''),
} satisfies Record<string, Carrier>;

/** The content as a feed tells it. */
export function carried(memo: string, accountNumber: string, bankMs: number, chance: Chance): string {
  const payer = payers[chance.below(payers.length)] ?? payers[0];
  const known = { chance, bankMs, payer, payerAccount: digits(chance, 10), accountNumber };
  const sent = oneOf(senders, chance)({ ...known, memo });
  return oneOf(receivers, chance)({ ...known, memo: unmarked(sent, chance) });
}

const oneOf = (carriers: Readonly<Record<string, Carrier>>, chance: Chance): Carrier => {
  const list = Object.values(carriers);
  return list[chance.below(list.length)] ?? (({ memo }) => memo);
};

/** Most paths lose the marks of Vietnamese. */
const unmarked = (memo: string, chance: Chance): string =>
  happens(chance, 0.8) ? memo.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D') : memo;

const mbLine = 35;

/** MB puts a space after every 35 characters. */
const wrapped = (text: string): string => text.replace(new RegExp(`(.{${mbLine}})(?=.)`, 'gsu'), '$1 ');

const mixed = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => lettersAndDigits.charAt(chance.below(lettersAndDigits.length))).join('');

const vietnamTime = (ms: number): string => vietnamTimeOf(instantOf(ms));
const time = (ms: number): string => vietnamTime(ms).slice(11);
const ddmmyyyy = (ms: number): string => vietnamTime(ms).slice(0, 10).split('-').reverse().join('/');
const ddmmyy = (ms: number): string => ddmmyyyy(ms).replace(/\/20|\//g, '');
