// Reading a receipt back from its own XML; every other text, however alike, is refused.
import { vnd, type Money } from './money';
import {
  receiptMethodKinds,
  receiptTemplate,
  type ReceiptContent,
  type ReceiptLine,
  type ReceiptMethod,
  type ReceiptName,
} from './receipt';
import { isReceiptNumber, isSymbol } from './receiptSymbol';
import { methodMark, receiptMethods, receiptTitles } from './receiptWords';
import { receiptXml } from './receiptXml';
import { parseDay, parseInstant } from './time';

/** Far above any receipt; longer texts are not looked at. */
const longestXml = 1_000_000;

/** The content of a canonical receipt, or undefined: what is read must give the very same text when it is written again. */
export function receiptFromXml(xml: string): ReceiptContent | undefined {
  if (xml.length > longestXml) return undefined;
  const content = contentOf(xml);
  return content && rewritten(content) === xml ? content : undefined;
}

/** What a text calls itself, where it looks like a receipt at all; nothing about it is checked. */
export function namesInXml(xml: string): { lookupCode?: string; name?: Pick<ReceiptName, 'symbol' | 'number'> } {
  const [lookupCode, symbol, number] = [textIn(xml, 'MaTraCuu'), textIn(xml, 'KyHieu'), Number(textIn(xml, 'So'))];
  return {
    ...(/^[0-9A-Z]{1,40}$/.test(lookupCode) ? { lookupCode } : {}),
    ...(isSymbol(symbol) && isReceiptNumber(number) ? { name: { symbol, number } } : {}),
  };
}

function rewritten(content: ReceiptContent): string | undefined {
  try {
    return receiptXml(content);
  } catch (refused) {
    if (refused instanceof RangeError) return undefined;
    throw refused;
  }
}

function contentOf(xml: string): ReceiptContent | undefined {
  const issuedAt = parseInstant(textIn(xml, 'ThoiDiemLap'));
  const kind = keyOf(receiptTitles, textIn(xml, 'LoaiKhoanThu'));
  const method = keyOf<ReceiptMethod>(receiptMethods, textIn(xml, 'MaHinhThucNop'));
  const total = moneyIn(xml, 'TongTien');
  const lines = xml.split('<KhoanThu>').slice(1).map(lineOf);
  const replaces = xml.includes('<ThayThe>') ? replacedIn(xml) : undefined;
  if (!issuedAt || !kind || !method || !total || !lines.every((line) => line !== undefined)) return undefined;
  return {
    template: receiptTemplate,
    symbol: textIn(xml, 'KyHieu'),
    number: Number(textIn(xml, 'So')),
    kind,
    collector: {
      name: textIn(xml, 'TenToChuc'),
      taxCode: textIn(xml, 'MaSoThue'),
      unit: textIn(xml, 'DonViThu'),
      unitCode: textIn(xml, 'MaDonViThu'),
    },
    ...(xml.includes('<NguoiNopTien>') ? { payerName: textIn(xml, 'NguoiNopTien') } : {}),
    dossierCode: textIn(xml, 'MaHoSo'),
    reference: textIn(xml, 'MaNopTien'),
    lines,
    total,
    method,
    ...methodsIn(xml),
    issuedAt,
    ...(replaces ? { replaces } : {}),
    lookupCode: textIn(xml, 'MaTraCuu'),
  };
}

/** `rest`: what follows the beginning of a line; a text that hides anything behind its end is not rewritten the same. */
function lineOf(rest: string): ReceiptLine | undefined {
  const xml = rest.slice(0, Math.max(0, rest.indexOf('</KhoanThu>')));
  const amount = moneyIn(xml, 'SoTien');
  const quantity = Number(textIn(xml, 'SoLuong') || Number.NaN);
  if (!amount || !Number.isFinite(quantity)) return undefined;
  return { feeId: textIn(xml, 'MaKhoanThu'), name: textIn(xml, 'TenKhoanThu'), quantity, amount };
}

/** Several ways to pay, by their words; receipts of one way say it once. */
function methodsIn(xml: string): Pick<ReceiptContent, 'methods'> {
  const words = textIn(xml, 'HinhThucNop').split(methodMark);
  const methods = receiptMethodKinds.filter((method) => words.includes(receiptMethods[method]));
  return words.length > 1 ? { methods } : {};
}

function replacedIn(xml: string): ReceiptContent['replaces'] {
  const issuedOn = parseDay(textIn(xml, 'NgayLapCu'));
  const number = Number(textIn(xml, 'SoCu'));
  if (!issuedOn || !isReceiptNumber(number)) return undefined;
  return { template: receiptTemplate, symbol: textIn(xml, 'KyHieuCu'), number, issuedOn, reason: textIn(xml, 'LyDo') };
}

/** The text of the first element of that name; empty where there is none. */
const textIn = (xml: string, name: string): string => unescaped(new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '');

function moneyIn(xml: string, name: string): Money | undefined {
  const digits = textIn(xml, name);
  const isWhole = /^\d{1,16}$/.test(digits) && Number(digits) <= Number.MAX_SAFE_INTEGER;
  return isWhole ? vnd(BigInt(digits)) : undefined;
}

function keyOf<Key extends string>(words: Readonly<Record<Key, string>>, text: string): Key | undefined {
  return Object.keys(words).find((key): key is Key => key === text);
}

const unescaped = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
