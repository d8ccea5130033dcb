// Refusals about papers and the files that are written in the background.
import type { Refusal } from './refusal';

export const papers = {
  paper_long: {
    status: 409,
    vi: 'Bảng này dài, tệp được lập ở nền. Chọn “Xuất tệp” rồi tải về khi xong.',
    en: 'This paper is long: ask for its file, which is written in the background.',
  },
  export_unknown: { status: 404, vi: 'Không có tệp xuất này.', en: 'There is no such export.' },
  export_not_ready: {
    status: 409,
    vi: 'Tệp này chưa lập xong, đã hủy hoặc đã hết hạn lưu.',
    en: 'This file is not ready, was cancelled, or is kept no more.',
  },
  export_broken: {
    status: 500,
    vi: 'Hệ thống gặp lỗi khi lập tệp này; lỗi đã được ghi lại. Hãy thử lại; nếu vẫn không được, báo quản trị hệ thống.',
    en: 'The service failed while writing this file, and recorded how. Try again; if it fails again, tell the administrator.',
  },
  export_given_up: {
    status: 409,
    vi: 'Tệp này đã được lập nhiều lần nhưng lần nào cũng bị ngắt giữa chừng. Chọn kỳ ngắn hơn hoặc dạng CSV, hoặc thử lại.',
    en: 'This file was begun several times and broke off each time. Choose a shorter period or CSV, or try again.',
  },
  sheet_full: {
    status: 409,
    vi: 'Bảng này có nhiều dòng hơn một trang tính XLSX chứa được (1.048.576). Chọn dạng CSV để có đủ các dòng.',
    en: 'This paper has more rows than a sheet of XLSX holds (1,048,576). Choose CSV to have them all.',
  },
  export_ended: { status: 409, vi: 'Việc lập tệp này đã kết thúc.', en: 'This export has ended already.' },
  exports_too_many: { status: 429, vi: 'Đang có quá nhiều tệp chờ lập. Vui lòng đợi.', en: 'Too many files wait to be written.' },
} as const satisfies Record<string, Refusal>;
