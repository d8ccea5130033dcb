// Refusals about receipts, and the certificates that sign them.
import type { Refusal } from './refusal';

export const receipts = {
  tax_code_invalid: {
    status: 400,
    vi: 'Mã số thuế gồm 10 chữ số, hoặc thêm gạch và 3 chữ số.',
    en: 'A tax code has 10 digits, or a dash and 3 more.',
  },
  certificate_unreadable: { status: 400, vi: 'Không đọc được chứng thư số hoặc khóa.', en: 'The certificate or its key cannot be read.' },
  certificate_not_its_key: { status: 400, vi: 'Khóa này không phải của chứng thư số.', en: 'This is not the key of the certificate.' },
  certificate_not_rsa: { status: 400, vi: 'Chỉ nhận khóa RSA.', en: 'Only RSA keys are accepted.' },
  certificate_not_valid: { status: 409, vi: 'Chứng thư số chưa có hiệu lực hoặc đã hết hạn.', en: 'The certificate is not valid now.' },
  certificate_of_another: {
    status: 409,
    vi: 'Chứng thư số mang mã số thuế của tổ chức khác.',
    en: 'The certificate is of another organisation.',
  },
  receipt_unknown: { status: 404, vi: 'Không có biên lai này.', en: 'There is no such receipt.' },
  receipt_unsigned: { status: 409, vi: 'Biên lai này đang chờ ký số.', en: 'This receipt waits for its signature.' },
  receipt_broken: {
    status: 409,
    vi: 'Chữ ký số không khớp với nội dung; hãy báo quản trị.',
    en: 'The signature does not fit; tell an administrator.',
  },
  receipt_replaced: { status: 409, vi: 'Biên lai này đã bị thay thế, không sửa lại được nữa.', en: 'This receipt was replaced already.' },
  receipt_notice_exists: { status: 409, vi: 'Biên lai này đã có thông báo sai sót.', en: 'There is a notice of error about it already.' },
  receipt_money_gone: { status: 409, vi: 'Tiền đã thu hồi: chỉ thông báo sai sót.', en: 'The money was taken back: give notice of it.' },
  receipt_money_there: { status: 409, vi: 'Khoản thu đang đủ tiền: biên lai vẫn đúng.', en: 'The money is there: the receipt is right.' },
  receipt_not_refused: { status: 409, vi: 'Biên lai này không bị từ chối.', en: 'The provider has not refused this receipt.' },
  receipt_unchanged: { status: 409, vi: 'Biên lai thay thế sẽ giống hệt biên lai cũ.', en: 'The new receipt would say the same.' },
  receipt_notice_unknown: { status: 409, vi: 'Không có thông báo sai sót nào chờ xác nhận.', en: 'No notice waits to be confirmed.' },
  series_exhausted: { status: 409, vi: 'Đã hết ký hiệu hoặc số biên lai của năm.', en: "The year's symbols or numbers are used up." },
  collector_missing: { status: 409, vi: 'Chưa khai mã số thuế của tổ chức thu.', en: 'No tax code is set for who collects.' },
} as const satisfies Record<string, Refusal>;
