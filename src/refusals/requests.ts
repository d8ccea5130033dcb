// Refusals of whatever a request may be: its shape, who sends it, how often, and a service in trouble.
import type { Refusal } from './refusal';

export const requests = {
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
  period_too_long: { status: 400, vi: 'Khoảng thời gian tối đa 366 ngày.', en: 'A period has at most 366 days.' },
  second_person_required: { status: 403, vi: 'Việc này cần một người khác với người đề nghị.', en: 'This needs another person.' },
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
