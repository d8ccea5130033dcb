// Every word on a screen, in Vietnamese and English. The words are those of the field, not ours.

import { cashLabels } from './cashLabels';
import { claimLabels } from './claimLabels';
import { counterLabels } from './counterLabels';
import { dayCloseLabels } from './dayCloseLabels';
import { dayLabels } from './dayLabels';
import { dispositionLabels } from './dispositionLabels';
import { findLabels } from './findLabels';
import { feeDeskLabels } from './feeDeskLabels';
import { feeImportLabels } from './feeImportLabels';
import { obligationLabels } from './obligationLabels';
import { paperLabels } from './paperLabels';
import { payLabels } from './payLabels';
import { officeLabels } from './officeLabels';
import { pretendBankLabels } from './pretendBankLabels';
import { proofLabels } from './proofLabels';
import { publicFeeLabels } from './publicFeeLabels';
import { ratioLabels } from './ratioLabels';
import { receiptLabels } from './receiptLabels';
import { refundLabels } from './refundLabels';
import { settlementLabels } from './settlementLabels';
import { satisfactionLabels } from './satisfactionLabels';
import { rulesLabels } from './rulesLabels';
import { remittanceLabels } from './remittanceLabels';
import { sourceLabels } from './sourceLabels';
import { statementLabels } from './statementLabels';
import { taxLabels } from './taxLabels';
import { transactionLabels } from './transactionLabels';
import { unmatchedLabels } from './unmatchedLabels';

export type Language = 'vi' | 'en';

const labels = {
  product: ['Thu phí, lệ phí tại quầy', 'Counter fees'],
  signIn: ['Đăng nhập', 'Sign in'],
  forEverybody: ['Không cần đăng nhập', 'Without signing in'],
  signInRefused: ['Tên đăng nhập hoặc mật khẩu không đúng.', 'Wrong login or password.'],
  signOut: ['Đăng xuất', 'Sign out'],
  login: ['Tên đăng nhập', 'Login'],
  password: ['Mật khẩu', 'Password'],
  otherLanguage: ['English', 'Tiếng Việt'],
  counter: ['Quầy', 'Counter'],
  unmatched: ['Tiền chưa xác định', 'Unidentified money'],
  ratios: ['Tỷ lệ thanh toán', 'Payment ratios'],
  officers: ['Cán bộ', 'Officers'],
  pretendBank: ['Ngân hàng thử', 'Pretend bank'],
  skipToContent: ['Đến nội dung chính', 'Skip to content'],
  moreWays: ['Mục khác', 'More'],
  mainMenu: ['Mục chính', 'Main menu'],
  waysDaily: ['Hằng ngày', 'Daily'],
  waysCash: ['Tiền mặt', 'Cash'],
  waysHandedOver: ['Nộp và quyết toán', 'Paid over'],
  waysReports: ['Chỉ số', 'Figures'],
  waysSettings: ['Thiết lập', 'Settings'],
  backHome: ['Về trang đầu', 'Back to the start'],
  partMonth: ['Tháng', 'Month'],
  partWrong: [
    'Phần không đọc được: “{part}”. Kiểm tra lại rồi thử lần nữa.',
    'What could not be read: “{part}”. Look at it and try again.',
  ],
  requestId: ['Mã hỗ trợ', 'Support id'],
  status_open: ['Chờ thanh toán', 'Awaiting payment'],
  status_part_paid: ['Nộp thiếu', 'Part-paid'],
  status_paid: ['Đã thanh toán', 'Paid'],
  status_overpaid: ['Nộp thừa', 'Overpaid'],
  status_cancelled: ['Đã hủy', 'Cancelled'],
  status_free: ['Không phải nộp', 'Nothing to pay'],
  flag_late: ['Nộp muộn', 'Late'],
  flag_duplicate: ['Thanh toán trùng', 'Duplicate payment'],
  flag_after_cancel: ['Nộp sau khi hủy', 'Paid after cancellation'],
  flag_wrong_account: ['Vào tài khoản khác', 'Another account'],
  why_no_reference: ['Nội dung không có mã nộp tiền', 'No payment reference in the content'],
  why_unknown_reference: ['Mã nộp tiền chưa từng được cấp', 'The reference was never issued'],
  why_ambiguous: ['Có nhiều mã nộp tiền', 'More than one reference'],
  why_excess: ['Nộp thừa', 'Overpaid'],
  why_duplicate: ['Thanh toán trùng', 'Duplicate payment'],
  why_after_cancel: ['Nộp sau khi hủy', 'Paid after cancellation'],
  why_unknown_order: ['Đơn vị cung cấp nêu mã đơn không phải của ta', 'The gateway names an order that is not ours'],
  why_correction_unsure: ['Mã nộp tiền sai sót, chưa đủ chắc chắn', 'The reference is damaged, and not sure enough'],
  why_taken_back: ['Đã thu lại quyết định trước', 'An earlier decision was taken back'],
  role_counter_officer: ['Cán bộ quầy', 'Counter officer'],
  role_finance_officer: ['Kế toán', 'Finance officer'],
  role_finance_supervisor: ['Kế toán trưởng', 'Finance supervisor'],
  role_leader: ['Lãnh đạo', 'Leader'],
  role_inspector: ['Thanh tra', 'Inspector'],
  role_administrator: ['Quản trị', 'Administrator'],
  ...counterLabels,
  ...obligationLabels,
  ...paperLabels,
  ...payLabels,
  ...claimLabels,
  ...cashLabels,
  ...remittanceLabels,
  ...dayCloseLabels,
  ...dayLabels,
  ...findLabels,
  ...ratioLabels,
  ...publicFeeLabels,
  ...feeDeskLabels,
  ...feeImportLabels,
  ...pretendBankLabels,
  ...officeLabels,
  ...rulesLabels,
  ...sourceLabels,
  ...receiptLabels,
  ...refundLabels,
  ...dispositionLabels,
  ...settlementLabels,
  ...satisfactionLabels,
  ...proofLabels,
  ...statementLabels,
  ...taxLabels,
  ...transactionLabels,
  ...unmatchedLabels,
} as const satisfies Record<string, readonly [vi: string, en: string]>;

export type Label = keyof typeof labels;
export type Translate = (label: Label) => string;

/** The words of one language. */
export const wordsIn =
  (language: Language): Translate =>
  (label) =>
    labels[label][language === 'vi' ? 0 : 1];
