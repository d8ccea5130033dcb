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
  export_ended: { status: 409, vi: 'Việc lập tệp này đã kết thúc.', en: 'This export has ended already.' },
  exports_too_many: { status: 429, vi: 'Đang có quá nhiều tệp chờ lập. Vui lòng đợi.', en: 'Too many files wait to be written.' },
} as const satisfies Record<string, Refusal>;
