// VietQR: the text inside a bank-transfer QR code, written for our accounts and read strictly.
import { vnd, type Money } from './money';
import { checksumOf, fieldOf, fieldsIn, type Field } from './vietqrFields';

/** The free texts of a code and where each one stands. */
const textPaths = {
  merchantCategory: '52',
  merchantName: '59',
  merchantCity: '60',
  postalCode: '61',
  billNumber: '62.01',
  mobileNumber: '62.02',
  store: '62.03',
  loyaltyNumber: '62.04',
  reference: '62.05',
  customer: '62.06',
  terminal: '62.07',
  purpose: '62.08',
} as const;

type TextName = keyof typeof textPaths;

const textNames = Object.keys(textPaths) as TextName[];

/** Whom to pay, how much and what for. `bankBin`: six digits of the State Bank's list; no amount: the payer types it. */
export type VietQrContent = { bankBin: string; accountNumber: string; amount?: Money | undefined } & {
  [name in TextName]?: string | undefined;
};

/** A code as read: `service` tells an account (`QRIBFTTA`) from a card (`QRIBFTTC`); `otherFields` keeps the rest by path (`80`, `62.50`). */
export type VietQr = VietQrContent & {
  service: 'QRIBFTTA' | 'QRIBFTTC';
  initiation: 'static' | 'dynamic';
  otherFields: Record<string, string>;
};

/** A limit of VietQR is broken; `field` names the input at fault, `additional` the texts of tag 62 together. */
export class VietQrInvalid extends Error {
  constructor(
    readonly field: keyof VietQrContent | 'additional',
    why: string,
  ) {
    super(`VietQR ${field} ${why}`);
    this.name = 'VietQrInvalid';
  }
}

/** NAPAS 247 carries transfers below this sum only. */
export const napasCeiling = vnd(500_000_000);

const guid = 'A000000727';
const templates = new Set(['38', '38.01', '62', '64']);
const printable = (longest: number): RegExp => new RegExp(`^[ -~]{1,${longest}}$`);
const dong = /^(?=.{1,13}$)0*[1-9]\d*\.?$/;

/** What each field may hold. ANS is the common set of EMV Book 4: printable ASCII. */
const forms: Readonly<Record<string, RegExp>> = {
  '00': /^01$/,
  '01': /^1[12]$/,
  '38.00': new RegExp(`^${guid}$`),
  '38.01.00': /^\d{6}$/,
  '38.01.01': printable(19),
  '38.02': /^QRIBFTT[AC]$/,
  '52': /^\d{4}$/,
  '53': /^704$/,
  '54': dong,
  '55': /^0[123]$/,
  '56': dong,
  '57': /^(?=.*[1-9])\d{1,2}(\.\d{0,2})?$/,
  '58': /^VN$/,
  '59': printable(25),
  '60': printable(15),
  '61': printable(10),
  ...Object.fromEntries(['01', '02', '03', '04', '05', '06', '07', '08'].map((tag) => [`62.${tag}`, printable(25)])),
  '62.09': /^(?!.*(.).*\1)[AME]{1,3}$/,
  '63': /^[0-9A-Fa-f]{4}$/,
  '64.00': /^[A-Za-z]{2}$/,
  '64.01': printable(25),
  '64.02': printable(15),
};

const required = ['00', '01', '38.00', '38.01.00', '38.01.01', '38.02', '53', '58', '63'];

/**
 * The text to draw as a QR code for a transfer to a bank account. Vietnamese text is folded to ASCII. Throws VietQrInvalid, never cuts:
 * a shortened account number is somebody else's account, and a shortened purpose no longer names its obligation.
 *
 * Initiation is `12` (one use) with an amount and else `11`: the Vietcombank app refuses `11` with an amount (vietqr.io, changelog 2.11).
 * Source: NAPAS, "Quy định định dạng mã VietQR trong dịch vụ chuyển nhanh NAPAS247" v1.0, 09/2021.
 */
export function encodeVietQr(content: VietQrContent): string {
  const code = printed([
    ['00', '01'],
    ['01', content.amount ? '12' : '11'],
    ['38', destinationOf(content)],
    ['52', textOf(content, 'merchantCategory')],
    ['53', '704'],
    ['54', content.amount && amountOf(content.amount)],
    ['58', 'VN'],
    ['59', textOf(content, 'merchantName')],
    ['60', textOf(content, 'merchantCity')],
    ['61', textOf(content, 'postalCode')],
    ['62', additionalOf(content)],
  ]);
  return `${code}6304${checksumOf(`${code}6304`)}`;
}

function printed(fields: readonly (readonly [tag: string, value: string | undefined])[]): string {
  return fields.map(([tag, value]) => (value === undefined ? '' : fieldOf(tag, value))).join('');
}

/** Tag 38. An account of ours is letters and digits; a space or a dot in it is a slip of the pen, though the format would let it pass. */
function destinationOf({ bankBin, accountNumber }: VietQrContent): string {
  if (!/^\d{6}$/.test(bankBin)) throw new VietQrInvalid('bankBin', 'is not six digits');
  if (!/^[0-9A-Za-z]{1,19}$/.test(accountNumber)) throw new VietQrInvalid('accountNumber', 'is not 1 to 19 letters and digits');
  const account = printed([
    ['00', bankBin],
    ['01', accountNumber],
  ]);
  return printed([
    ['00', guid],
    ['01', account],
    ['02', 'QRIBFTTA'],
  ]);
}

function amountOf(amount: Money): string {
  if (!amount.isPositive()) throw new VietQrInvalid('amount', 'is not above zero');
  if (amount.compare(napasCeiling) >= 0) throw new VietQrInvalid('amount', 'is not below 500,000,000');
  return amount.toString();
}

function textOf(content: VietQrContent, name: TextName): string | undefined {
  const text = content[name];
  if (text === undefined) return undefined;
  const folded = withoutMarks(text);
  if (!forms[textPaths[name]]?.test(folded)) throw new VietQrInvalid(name, `does not fit: "${folded}"`);
  return folded;
}

function additionalOf(content: VietQrContent): string | undefined {
  const names = textNames.filter((name) => textPaths[name].startsWith('62.'));
  const additional = printed(names.map((name) => [textPaths[name].slice(3), textOf(content, name)]));
  if (additional.length > 99) throw new VietQrInvalid('additional', `takes ${additional.length} of 99 characters`);
  return additional || undefined;
}

/**
 * Vietnamese text in printable ASCII, as banks carry it: marks dropped, đ → d, typographic dashes and quotes made plain, m² → m2.
 * What has no ASCII form (emoji, other scripts, line breaks) is dropped, so this never fails on text that a bank or a citizen wrote.
 * `encodeVietQr` refuses such characters instead: a memo that silently loses one may no longer name its obligation.
 */
export function foldToAscii(text: string): string {
  return withoutMarks(text).replace(/[^ -~]/g, '');
}

/** Ð and Ɖ look like Đ and stand in for it in old data, but are other letters to Unicode. A ₫ is written d. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u0111\u00f0\u20ab]/g, 'd')
    .replace(/[\u0110\u00d0\u0189]/g, 'D')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"');
}

/**
 * Reads a code by the letter of the NAPAS text, or says everything that is wrong with it. What banks do print passes: lower-case
 * checksums (the MB app), `11` with an amount, tags of other schemes (kept in `otherFields`). A code is read even when NAPAS 247 would
 * not carry its amount. Any character outside ASCII is refused, in tag 64 too: readers disagree on how to count its length.
 */
export function decodeVietQr(payload: string): { ok: true; value: VietQr } | { ok: false; errors: string[] } {
  if (!/^[ -~]+$/.test(payload)) return { ok: false, errors: ['not printable ASCII'] };
  const { fields, errors } = fieldsIn(payload, templates);
  if (errors.length > 0) return { ok: false, errors };
  const values = new Map(fields.map((field) => [field.path, field.value]));
  const faults = [...formFaults(fields), ...missingFaults(values), ...tipFaults(values), ...frameFaults(payload, fields)];
  return faults.length > 0 ? { ok: false, errors: faults } : { ok: true, value: vietQrOf(values) };
}

/** Tag 38 says where the money goes, so nothing unknown is tolerated there. */
function formFaults(fields: readonly Field[]): string[] {
  return fields.flatMap(({ path, value }) => {
    const form = forms[path];
    const fits = form ? form.test(value) : !path.startsWith('38');
    return fits ? [] : [`${path} holds "${value}"`];
  });
}

function missingFaults(values: ReadonlyMap<string, string>): string[] {
  const alternateLanguage = [...values.keys()].some((path) => path.startsWith('64.')) ? ['64.00', '64.01'] : [];
  return [...required, ...alternateLanguage].filter((path) => !values.has(path)).map((path) => `${path} is missing`);
}

function tipFaults(values: ReadonlyMap<string, string>): string[] {
  const fixed = values.has('56') === (values.get('55') === '02') ? [] : ['56 goes with 02 in 55'];
  const percent = values.has('57') === (values.get('55') === '03') ? [] : ['57 goes with 03 in 55'];
  return [...fixed, ...percent];
}

function frameFaults(payload: string, fields: readonly Field[]): string[] {
  const last = fields.at(-1);
  const first = fields[0]?.path === '00' ? [] : ['00 is not first'];
  if (last?.path !== '63') return [...first, '63 is not last'];
  const checksum = checksumOf(payload.slice(0, -4));
  return last.value.toUpperCase() === checksum ? first : [...first, `checksum is ${last.value}, should be ${checksum}`];
}

function vietQrOf(values: ReadonlyMap<string, string>): VietQr {
  const amount = values.get('54');
  const paths = new Set<string>(['54', ...required, ...Object.values(textPaths)]);
  return {
    ...Object.fromEntries(textNames.filter((name) => values.has(textPaths[name])).map((name) => [name, values.get(textPaths[name])])),
    bankBin: values.get('38.01.00') ?? '',
    accountNumber: values.get('38.01.01') ?? '',
    service: values.get('38.02') === 'QRIBFTTC' ? 'QRIBFTTC' : 'QRIBFTTA',
    initiation: values.get('01') === '12' ? 'dynamic' : 'static',
    ...(amount !== undefined && { amount: vnd(BigInt(amount.replace('.', ''))) }),
    otherFields: Object.fromEntries([...values].filter(([path]) => !paths.has(path))),
  };
}
