// Refusals about the office: agencies, counters, people and secrets.
import type { Refusal } from './refusal';

export const office = {
  agency_unknown: { status: 404, vi: 'Không có cơ quan này.', en: 'There is no such agency.' },
  counter_unknown: { status: 404, vi: 'Không có quầy này.', en: 'There is no such counter.' },
  procedure_unknown: { status: 404, vi: 'Không có thủ tục này.', en: 'There is no such procedure.' },
  account_unknown: {
    status: 409,
    vi: 'Không tìm thấy tài khoản thụ hưởng trong phạm vi đơn vị.',
    en: 'No such collection account was found in the charge of this unit.',
  },
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
} as const satisfies Record<string, Refusal>;
