// Refusals about closing a day of an account.
import type { Refusal } from './refusal';

export const closes = {
  day_not_over: { status: 409, vi: 'Ngày này chưa kết thúc nên chưa khóa sổ được.', en: 'This day is not over yet.' },
  day_closed: { status: 409, vi: 'Ngày này đã khóa sổ.', en: 'This day is closed already.' },
  day_before_close: {
    status: 409,
    vi: 'Đã có ngày sau khóa sổ nên ngày này không khóa được nữa; việc còn lại của ngày vẫn xử lý ở màn hình đối soát.',
    en: 'Later days are closed already, so this one cannot be closed any more; what is open of it is still worked on its own screen.',
  },
  day_out_of_order: {
    status: 409,
    vi: 'Phải khóa sổ theo thứ tự ngày: còn ngày trước chưa khóa.',
    en: 'Days close in order: one before it is open.',
  },
  day_without_statement: {
    status: 409,
    vi: 'Chưa có sao kê cuối ngày của tài khoản cho ngày này.',
    en: 'There is no final statement of the account for this day.',
  },
  statement_unbalanced: {
    status: 409,
    vi: 'Sao kê của ngày này không cân: số dư đầu, phát sinh và số dư cuối không khớp.',
    en: 'The statement of this day does not add up.',
  },
  balance_not_continuous: {
    status: 409,
    vi: 'Số dư theo sao kê không nối tiếp ngày trước, hoặc các dòng đã nhận không ra số dư cuối của sao kê mới nhất. Nạp sao kê còn thiếu, hoặc nêu lý do khi trình khóa sổ.',
    en: 'The balance does not continue the day before, or the lines do not come to the closing balance of the newest statement. Import what is missing, or state the reason when preparing.',
  },
  day_unexplained: {
    status: 409,
    vi: 'Còn chênh lệch chưa giải trình và chưa có lý do chuyển ngày sau.',
    en: 'There are differences that are neither explained nor carried with a reason.',
  },
  day_changed: {
    status: 409,
    vi: 'Số liệu của ngày đã thay đổi sau khi trình. Xem lại và trình khóa sổ lần nữa.',
    en: 'The facts of the day have changed since it was prepared. Look again and prepare it once more.',
  },
  close_unprepared: { status: 409, vi: 'Chưa có ai trình khóa sổ ngày này.', en: 'Nobody has prepared this close.' },
  close_unknown: { status: 404, vi: 'Ngày này chưa được trình và chưa khóa sổ.', en: 'This day is neither prepared nor closed.' },
} as const satisfies Record<string, Refusal>;
