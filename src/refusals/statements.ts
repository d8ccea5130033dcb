// Refusals about the bank's statements: files that cannot be read, and lines that a person has to judge.
import type { Refusal } from './refusal';

export const statements = {
  statement_unknown: { status: 404, vi: 'Không có tệp sao kê này.', en: 'There is no such statement.' },
  statement_empty: { status: 400, vi: 'Tệp sao kê trống.', en: 'The statement file is empty.' },
  statement_too_large: {
    status: 413,
    vi: 'Tệp sao kê quá lớn; hãy tải theo kỳ ngắn hơn.',
    en: 'The statement is too large; send a shorter period.',
  },
  statement_ended: { status: 409, vi: 'Tệp sao kê này đã kết thúc hoặc đã dừng.', en: 'This statement has ended or was cancelled.' },
  statement_account_first: {
    status: 400,
    vi: 'Với tệp lớn, trường account phải đứng trước trường file.',
    en: 'Of a large file, the field account comes before the field file.',
  },
  account_ambiguous: {
    status: 409,
    vi: 'Hai ngân hàng có tài khoản cùng số này; hãy dùng mã tài khoản.',
    en: 'Two banks have an account of this number; use its id.',
  },
  statement_account_foreign: {
    status: 422,
    vi: 'Sao kê này của tài khoản khác với tài khoản đã chọn; chưa dòng nào được ghi nhận.',
    en: 'This is the statement of another account than the one chosen; no line of it was kept.',
  },
  statement_currency_foreign: {
    status: 422,
    vi: 'Sao kê này hoàn toàn bằng ngoại tệ; hệ thống chỉ đối soát tài khoản đồng Việt Nam, chưa dòng nào được ghi nhận.',
    en: 'This statement is wholly in a foreign currency; only accounts in đồng are reconciled, and no line of it was kept.',
  },
  statement_days_missing: {
    status: 422,
    vi: 'Tệp gồm nhiều sao kê không nối tiếp nhau, thiếu các ngày ở giữa; hãy nạp từng sao kê một, hoặc tải lại từ ngân hàng một sao kê liền kỳ.',
    en: 'The file holds statements that do not follow each other, and none of the days between; import them one by one, or fetch one of the whole period.',
  },
  statement_layout_unknown: {
    status: 422,
    vi: 'Chưa biết mẫu sao kê này; hãy chỉ cột nào là gì một lần, lần sau sẽ tự nhận ra.',
    en: 'This layout is not known; say once which column is what, and it is known from then on.',
  },
  statement_not_a_statement: {
    status: 422,
    vi: 'Tệp này không phải sao kê: không tìm thấy bảng giao dịch nào.',
    en: 'This is no statement: no table of movements was found in it.',
  },
  statement_encrypted: {
    status: 422,
    vi: 'Tệp có mật khẩu; hãy mở và lưu lại không mật khẩu.',
    en: 'The file has a password; open it and save it without one.',
  },
  statement_old_excel: {
    status: 422,
    vi: 'Tệp Excel kiểu cũ (.xls); hãy mở và lưu lại thành .xlsx.',
    en: 'This is an old Excel file (.xls); open it and save it as .xlsx.',
  },
  statement_doctype: {
    status: 422,
    vi: 'Tệp XML có khai báo DOCTYPE, không được đọc vì lý do an toàn.',
    en: 'The XML has a DOCTYPE; such files are not read, for safety.',
  },
  statement_too_many_rows: {
    status: 422,
    vi: 'Tệp có quá nhiều dòng; hãy tải theo kỳ ngắn hơn.',
    en: 'The file has too many rows; send a shorter period.',
  },
  statement_too_deep: {
    status: 422,
    vi: 'Cấu trúc tệp lồng nhau quá sâu, không phải sao kê.',
    en: 'The file is nested too deeply to be a statement.',
  },
  statement_archive_suspicious: {
    status: 422,
    vi: 'Tệp nén bất thường (phồng quá lớn khi mở), không được đọc.',
    en: 'The archive is suspicious (it swells too far when opened) and was not read.',
  },
  statement_damaged: {
    status: 422,
    vi: 'Tệp bị hỏng hoặc bị cắt cụt; hãy tải lại từ ngân hàng.',
    en: 'The file is damaged or cut off; fetch it from the bank again.',
  },
  statement_broken: {
    status: 422,
    vi: 'Đọc tệp này nhiều lần đều gặp lỗi; hãy báo quản trị.',
    en: 'Reading this file failed again and again; tell an administrator.',
  },
  statement_being_read: {
    status: 409,
    vi: 'Tệp sao kê đang được đọc; hãy chờ xong.',
    en: 'The statement is being read; wait for its end.',
  },
  statement_line_unknown: { status: 404, vi: 'Không có dòng sao kê này.', en: 'There is no such statement line.' },
  statement_line_decided: {
    status: 409,
    vi: 'Dòng sao kê này vừa được quyết định; hãy xem lại.',
    en: 'This line has just been decided; look again.',
  },
  statement_line_undecided: { status: 409, vi: 'Không còn quyết định nào để thu lại.', en: 'There is no decision left to take back.' },
  statement_line_booked: {
    status: 409,
    vi: 'Dòng này đã thành giao dịch và đã ghi sổ; hãy xử lý trên chính giao dịch đó.',
    en: 'This line has become a transaction in the books; decide about that transaction instead.',
  },
  statement_line_unfit: {
    status: 409,
    vi: 'Giao dịch này không khớp với dòng sao kê, hoặc đã khớp với dòng khác.',
    en: 'This transaction does not fit the line, or is another line already.',
  },
  layout_invalid: {
    status: 400,
    vi: 'Cần chỉ ra cột ngày, cột nội dung và cột số tiền (ghi nợ và ghi có, hoặc một cột số tiền).',
    en: 'Say which columns are the day, the content and the amount (debit and credit, or one amount).',
  },
} as const satisfies Record<string, Refusal>;
