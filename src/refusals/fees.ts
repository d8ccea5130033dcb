// Refusals about fees and the catalogues that they are compared with.
import type { Refusal } from './refusal';

export const fees = {
  fee_unknown: {
    status: 404,
    vi: 'Không có khoản phí này cho thủ tục và địa phương này.',
    en: 'There is no such fee for this procedure and province.',
  },
  fee_not_set: {
    status: 409,
    vi: 'Mức thu chưa được Hội đồng nhân dân quyết định: chưa được thu.',
    en: "Not set by the People's Council: it may not be charged.",
  },
  fee_amount_unknown: {
    status: 409,
    vi: 'Chưa có mức thu được xác minh: chưa được thu.',
    en: 'The amount is not known: it may not be charged.',
  },
  fee_by_notice: {
    status: 409,
    vi: 'Khoản này chỉ thu theo thông báo của cơ quan thuế.',
    en: 'This is collected only by notice of the tax authority.',
  },
  fee_input_invalid: { status: 400, vi: 'Thiếu hoặc sai số liệu để tính phí.', en: 'An input for the fee is missing or wrong.' },
  fees_missing: { status: 409, vi: 'Thủ tục này không có khoản thu khi nộp hồ sơ.', en: 'No fee of this procedure is due on filing.' },
  fee_twice: { status: 400, vi: 'Một khoản phí chỉ ghi một dòng; hãy tăng số lượng.', en: 'A fee may stand once; raise its quantity.' },
  preference_invalid: { status: 400, vi: 'Không có diện miễn, giảm này cho khoản thu.', en: 'This preference does not exist for the fee.' },
  fee_version_unknown: { status: 404, vi: 'Không có bản mức thu này.', en: 'There is no such version of a fee.' },
  fee_version_decided: {
    status: 409,
    vi: 'Bản này đã được duyệt hoặc đã rút.',
    en: 'This version has been approved or withdrawn already.',
  },
  fee_version_own: {
    status: 403,
    vi: 'Người soạn không được tự duyệt: cần một người khác.',
    en: 'Whoever drafted it may not approve it: this needs another person.',
  },
  fee_version_too_late: {
    status: 409,
    vi: 'Từ ngày hiệu lực đó đã lập khoản thu của thủ tục này; hãy soạn với ngày hiệu lực sau hôm nay.',
    en: 'Obligations of this procedure have been issued since that day; draft it with a day after today.',
  },
  fee_draft_invalid: { status: 400, vi: 'Bản soạn mức thu còn thiếu hoặc sai.', en: 'Something in the draft is missing or wrong.' },
  fee_locality_foreign: {
    status: 403,
    vi: 'Mức thu của địa phương khác, hoặc ông/bà không ở cơ quan đứng đầu địa phương.',
    en: 'This is a fee of another province, or you are not at the head office of yours.',
  },
  catalogue_unknown: { status: 404, vi: 'Không có lần nhập danh mục này.', en: 'There is no such catalogue.' },
  catalogue_invalid: { status: 400, vi: 'Tệp này không phải danh mục đọc được.', en: 'This file is no catalogue that can be read.' },
  catalogue_too_large: {
    status: 413,
    vi: 'Tệp quá lớn: tối đa 16 MB và 100.000 dòng; hãy chia theo lĩnh vực.',
    en: 'The file is too large: at most 16 MB and 100,000 rows; split it by sector.',
  },
  difference_not_draftable: {
    status: 409,
    vi: 'Dòng này có lỗi hoặc thiếu thông tin, không soạn tự động được.',
    en: 'This row is flagged or lacks something; nothing can be drafted from it.',
  },
} as const satisfies Record<string, Refusal>;
