// The words that the law and the office use on a receipt, the same in its XML, on paper and on screens.
import type { ReceiptContent, ReceiptMethod, ReceiptName } from './receipt';
import { numberText } from './receiptSymbol';

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

/** `mẫu EBL01, ký hiệu 26TAB, số 00000012` */
export const nameInWords = ({ template, symbol, number }: ReceiptName): string =>
  `mẫu ${template}, ký hiệu ${symbol}, số ${numberText(number)}`;
