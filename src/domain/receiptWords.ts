// The words that the law and the office use on a receipt, the same in its XML, on paper and on screens.
import type { ReceiptContent, ReceiptMethod, ReceiptName } from './receipt';
import type { NoticeGround } from './receiptNotice';
import type { ReceiptStatus } from './receiptRecord';
import { numberText } from './receiptSymbol';
import type { Day } from './time';

/** The name of the receipt (tên biên lai), mandatory. Decree 254/2026/NĐ-CP, Article 23. */
export const receiptTitles: Readonly<Record<ReceiptContent['kind'], string>> = {
  phi: 'Biên lai thu phí',
  le_phi: 'Biên lai thu lệ phí',
};

export const receiptMethods: Readonly<Record<ReceiptMethod, string>> = {
  transfer: 'Chuyển khoản',
  cash: 'Tiền mặt',
  online: 'Thanh toán trực tuyến',
};

/** `Chuyển khoản; Tiền mặt`: every way in which it was paid. */
export const methodsInWords = ({ method, methods = [method] }: Pick<ReceiptContent, 'method' | 'methods'>): string =>
  methods.map((one) => receiptMethods[one]).join(methodMark);

/** Between two of them. */
export const methodMark = '; ';

/** What stands on a receipt that does not stand any more. */
export const receiptMarks: Readonly<Partial<Record<ReceiptStatus, string>>> = {
  in_error: 'ĐÃ THÔNG BÁO SAI SÓT',
  replaced: 'ĐÃ BỊ THAY THẾ',
};

/** Why a receipt was found wrong, as it stands on the one that replaces it and in the summary of the day. */
export const groundWords: Readonly<Record<NoticeGround, string>> = {
  payer_name: 'Sai tên người nộp tiền',
  collector: 'Sai tên hoặc mã số thuế của tổ chức thu, hoặc tên đơn vị thu',
  money_taken_back: 'Tiền đã thu hồi, khoản thu không còn đủ',
};

/** `Ngày 21 tháng 11 năm 2026` */
export function dayInWords(day: Day): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `Ngày ${date} tháng ${month} năm ${year}`;
}

/** `mẫu EBL01, ký hiệu 26TAB, số 00000012` */
export const nameInWords = ({ template, symbol, number }: ReceiptName): string =>
  `mẫu ${template}, ký hiệu ${symbol}, số ${numberText(number)}`;
