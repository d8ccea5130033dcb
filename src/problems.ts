// The catalogue of refusals: every way in which the service says no, its HTTP status and its sentence for people.

interface Refusal {
  status: number;
  vi: string;
  en: string;
}

export const refusals = {
  request_invalid: { status: 400, vi: 'Dữ liệu gửi lên chưa đúng.', en: 'The request is not valid.' },
  json_invalid: { status: 400, vi: 'Nội dung gửi lên không phải JSON hợp lệ.', en: 'The body is not valid JSON.' },
  body_too_large: { status: 413, vi: 'Nội dung gửi lên quá dài.', en: 'The body is too large.' },
  media_type_unsupported: { status: 415, vi: 'Chỉ nhận nội dung dạng JSON.', en: 'Only JSON bodies are accepted.' },
  route_unknown: { status: 404, vi: 'Không có trang này.', en: 'There is nothing at this address.' },
  rate_limited: {
    status: 429,
    vi: 'Quá nhiều yêu cầu, vui lòng thử lại sau ít phút.',
    en: 'Too many requests; try again in a few minutes.',
  },
  key_required: { status: 401, vi: 'Thiếu hoặc sai khóa truy cập.', en: 'An API key is required.' },
  sign_in_refused: { status: 401, vi: 'Tên đăng nhập hoặc mật khẩu không đúng.', en: 'Wrong login or password.' },
  form_expired: { status: 403, vi: 'Biểu mẫu đã hết hạn, vui lòng tải lại trang.', en: 'The form has expired; reload the page.' },
  role_insufficient: { status: 403, vi: 'Vai trò của ông/bà không được làm việc này.', en: 'Your role may not do this.' },
  person_required: {
    status: 403,
    vi: 'Việc này cần một người chịu trách nhiệm.',
    en: 'This needs a responsible person, not a system key.',
  },
  idempotency_key_reused: {
    status: 409,
    vi: 'Khóa Idempotency-Key đã dùng cho nội dung khác.',
    en: 'This Idempotency-Key was used for another request.',
  },
  store_busy: {
    status: 503,
    vi: 'Hệ thống đang bận, chưa ghi nhận gì; vui lòng thử lại.',
    en: 'The service is busy; nothing was recorded. Try again.',
  },
  provider_unknown: { status: 404, vi: 'Không có đơn vị cung cấp này.', en: 'There is no such provider.' },
  dossier_unknown: { status: 404, vi: 'Chưa có hồ sơ này.', en: 'There is no such dossier.' },
  dossier_code_invalid: { status: 400, vi: 'Mã hồ sơ chưa đúng dạng.', en: 'The dossier code has a wrong shape.' },
  dossier_date_invalid: { status: 400, vi: 'Ngày trong mã hồ sơ không có thật.', en: 'The date in the dossier code is not a real day.' },
  dossier_province_unknown: {
    status: 400,
    vi: 'Mã tỉnh hoặc bộ trong mã hồ sơ không có.',
    en: 'The province or ministry in the dossier code is unknown.',
  },
  dossier_conflict: { status: 409, vi: 'Hồ sơ này đã có với thông tin khác.', en: 'This dossier exists with other particulars.' },
  agency_unknown: { status: 404, vi: 'Không có cơ quan này.', en: 'There is no such agency.' },
  counter_unknown: { status: 404, vi: 'Không có quầy này.', en: 'There is no such counter.' },
  procedure_unknown: { status: 404, vi: 'Không có thủ tục này.', en: 'There is no such procedure.' },
  account_unknown: { status: 409, vi: 'Cơ quan chưa có tài khoản thụ hưởng.', en: 'The agency has no collection account.' },
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
  period_too_long: { status: 400, vi: 'Khoảng thời gian tối đa 366 ngày.', en: 'A period has at most 366 days.' },
  obligation_unknown: { status: 404, vi: 'Không có khoản phải nộp này.', en: 'There is no such obligation.' },
  obligation_exists: {
    status: 409,
    vi: 'Hồ sơ này đang có khoản phải nộp như vậy.',
    en: 'This dossier already has an open obligation for this fee.',
  },
  obligation_issued_again: {
    status: 409,
    vi: 'Khoản phí này đã được lập lại và đang được thu ở khoản khác; hãy hủy hoặc thu đủ khoản đó trước.',
    en: 'This fee was issued again and is open in another obligation; settle or cancel that one first.',
  },
  obligation_already_paid: { status: 409, vi: 'Khoản này đã nộp đủ.', en: 'This obligation is already paid.' },
  obligation_cancelled: { status: 409, vi: 'Khoản này đã hủy.', en: 'This obligation is cancelled.' },
  obligation_free: { status: 409, vi: 'Khoản này 0 đồng, không phải nộp.', en: 'Nothing is to be paid for this obligation.' },
  basket_unfit: {
    status: 409,
    vi: 'Các khoản này không nộp chung được: cần từ 2 đến 20 khoản phí, lệ phí còn phải nộp, vào cùng một tài khoản.',
    en: 'These cannot be paid together: it takes 2 to 20 charges that still ask for money, paid into one account.',
  },
  obligation_has_cash: {
    status: 409,
    vi: 'Khoản này có tiền mặt: tiền mặt hoàn trả tại quầy, có sổ quỹ và hai người.',
    en: 'This was paid in cash: cash goes back over the counter, with the cash book and two persons.',
  },
  obligation_has_tax: {
    status: 409,
    vi: 'Khoản thuế đã nộp vào tài khoản Kho bạc: hoàn trả do cơ quan thuế quyết định.',
    en: 'This tax was paid to the State Treasury: a refund is for the tax authority to decide.',
  },
  obligation_has_payments: {
    status: 409,
    vi: 'Khoản này đã có tiền nộp: chỉ hủy được cùng với đề nghị hoàn trả.',
    en: 'Money has arrived for this obligation: it can be cancelled only together with a refund request.',
  },
  tax_notice_exists: { status: 409, vi: 'Thông báo nộp thuế này đã được ghi nhận.', en: 'This tax notice has been recorded already.' },
  tax_notice_unknown: { status: 404, vi: 'Hồ sơ không có thông báo thuế số đó.', en: 'The dossier has no tax notice of that number.' },
  tax_notice_replaced: { status: 409, vi: 'Thông báo đó đã có thông báo khác thay thế.', en: 'Another notice has replaced that one.' },
  treasury_account_invalid: { status: 409, vi: 'Đây là tài khoản của đơn vị, không phải của Kho bạc.', en: 'A unit has this account.' },
  treasury_account_differs: { status: 409, vi: 'Số tài khoản này đã có với tên khác.', en: 'The account is known by another name.' },
  tax_not_in_cash: { status: 409, vi: 'Thuế nộp thẳng vào Kho bạc Nhà nước, không thu tiền mặt.', en: 'No cash is taken for a tax.' },
  amount_over_transfer_limit: {
    status: 409,
    vi: 'Số tiền từ 500.000.000 ₫ trở lên không chuyển nhanh được bằng VietQR.',
    en: 'VietQR transfers must stay below 500,000,000 ₫.',
  },
  transaction_unknown: { status: 404, vi: 'Không có giao dịch này.', en: 'There is no such transaction.' },
  transaction_not_resolvable: {
    status: 409,
    vi: 'Giao dịch này không phải tiền vào tài khoản của ta, không phân bổ được.',
    en: 'This is no money that came to an account of ours; it cannot be resolved.',
  },
  transaction_already_resolved: {
    status: 409,
    vi: 'Mọi đồng của giao dịch này đã có chỗ.',
    en: 'Every đồng of this transaction has a home already.',
  },
  amount_over_unapplied: {
    status: 409,
    vi: 'Số tiền lớn hơn phần chưa phân bổ của giao dịch.',
    en: 'The amount is more than what is unapplied of the transaction.',
  },
  amount_over_outstanding: {
    status: 409,
    vi: 'Số tiền lớn hơn phần còn phải nộp của khoản.',
    en: 'The amount is more than what the obligation still owes.',
  },
  transaction_changed: {
    status: 409,
    vi: 'Giao dịch vừa có quyết định khác; vui lòng xem lại rồi làm tiếp.',
    en: 'Somebody else has just decided about this transaction; look again.',
  },
  resolution_unknown: { status: 409, vi: 'Không còn quyết định nào để thu lại.', en: 'There is no decision left to take back.' },
  refund_decided: {
    status: 409,
    vi: 'Đề nghị hoàn trả đã được xử lý, không thu lại được ở đây.',
    en: 'The refund has been decided; it cannot be taken back here.',
  },
  payment_request_unknown: { status: 404, vi: 'Không có yêu cầu thanh toán này.', en: 'There is no such payment request.' },
  sessions_too_many: {
    status: 409,
    vi: 'Đang có nhiều lượt thanh toán chưa kết thúc; vui lòng hoàn tất một lượt hoặc thử lại sau ít phút.',
    en: 'Several payments are still open; finish one of them, or try again in a few minutes.',
  },
  gateway_unavailable: {
    status: 503,
    vi: 'Cổng thanh toán chưa trả lời; chưa có khoản tiền nào bị trừ. Vui lòng thử lại hoặc chọn cách khác.',
    en: 'The payment gateway does not answer; nothing was charged. Try again, or choose another way.',
  },
  gateway_refused: {
    status: 502,
    vi: 'Cổng thanh toán không nhận yêu cầu này; vui lòng chọn cách khác.',
    en: 'The payment gateway did not take this request; choose another way.',
  },
  pay_page_unknown: {
    status: 404,
    vi: 'Liên kết thanh toán không đúng hoặc đã bị thu hồi.',
    en: 'This payment link is wrong or was revoked.',
  },
  claim_unknown: { status: 404, vi: 'Không có báo đã chuyển tiền này.', en: 'There is no such report of a transfer.' },
  claim_invalid: { status: 400, vi: 'Thông tin chuyển tiền còn thiếu hoặc sai.', en: 'Something about the transfer is missing or wrong.' },
  claims_too_many: { status: 409, vi: 'Đang có 3 báo chưa được trả lời; xin chờ.', en: 'Three reports are open; please wait.' },
  claim_changed: { status: 409, vi: 'Báo này vừa có người khác xử lý; hãy xem lại.', en: 'Somebody else was first; look again.' },
  claim_money_gone: { status: 409, vi: 'Giao dịch này không còn khớp với báo.', en: 'This money does not fit any more.' },
  claim_answer_empty: { status: 400, vi: 'Trả lời còn thiếu căn cứ cụ thể.', en: 'The answer lacks facts of this very case.' },
  obligation_not_paid: { status: 409, vi: 'Khoản này chưa nộp đủ.', en: 'This is not paid yet.' },
  letters_unavailable: { status: 503, vi: 'Chưa gửi được thư; vui lòng hỏi đơn vị thu.', en: 'No letters can be sent yet.' },
  method_unavailable: { status: 409, vi: 'Hình thức thanh toán này chưa được mở.', en: 'This way to pay is not available.' },
  cash_over_outstanding: { status: 409, vi: 'Số tiền mặt lớn hơn số còn phải nộp.', en: 'The cash is more than what is outstanding.' },
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
  second_person_required: { status: 403, vi: 'Việc này cần một người khác với người đề nghị.', en: 'This needs another person.' },
  series_exhausted: { status: 409, vi: 'Đã hết ký hiệu hoặc số biên lai của năm.', en: "The year's symbols or numbers are used up." },
  collector_missing: { status: 409, vi: 'Chưa khai mã số thuế của tổ chức thu.', en: 'No tax code is set for who collects.' },
  login_taken: { status: 409, vi: 'Tên đăng nhập này đã có người dùng.', en: 'This login is taken.' },
  password_too_short: { status: 400, vi: 'Mật khẩu phải có ít nhất 12 ký tự.', en: 'A password has at least 12 characters.' },
  secret_too_short: { status: 400, vi: 'Khóa phải có ít nhất 8 ký tự.', en: 'A secret has at least 8 characters.' },
  secret_is_demo: { status: 400, vi: 'Đây là khóa của bản thử, không dùng được.', en: 'This is a secret of the demo.' },
  secret_in_use: { status: 409, vi: 'Khóa này đang được dùng, hãy đặt khóa khác.', en: 'This secret is in use; choose another one.' },
  secret_changed: {
    status: 409,
    vi: 'Khóa vừa được người khác thay; vui lòng xem lại rồi làm tiếp.',
    en: 'Somebody else has just changed the secret; look again.',
  },
  counter_exists: { status: 409, vi: 'Cơ quan này đã có quầy mang tên đó.', en: 'The agency already has a counter of this name.' },
  setup_closed: { status: 404, vi: 'Liên kết thiết lập không còn hiệu lực.', en: 'This set-up link is not valid.' },
  pretend_payment_failed: {
    status: 502,
    vi: 'Ngân hàng thử không báo được giao dịch.',
    en: 'The pretend bank could not tell the service.',
  },
  bug: {
    status: 500,
    vi: 'Hệ thống gặp lỗi. Tiền đã nộp (nếu có) vẫn được ghi nhận.',
    en: 'Something broke. Money that was paid is still recorded.',
  },
} as const satisfies Record<string, Refusal>;

export type ProblemCode = keyof typeof refusals;

export interface FieldError {
  path: string;
  message: string;
}

/** A refusal: thrown anywhere, answered in one place as RFC 9457 JSON or as a page. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    /** What exactly, for this case: names of inputs, never personal data. */
    readonly detail?: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail ? `${code}: ${detail}` : code);
  }

  get status(): number {
    return refusals[this.code].status;
  }
}
