// Refusals about the matching rules: drafting, trying and adopting other ones.
import type { Refusal } from './refusal';

export const rules = {
  rules_head_office: {
    status: 403,
    vi: 'Quy tắc ghép áp dụng cho cả tỉnh: chỉ người ở cơ quan đứng đầu tỉnh được làm việc này.',
    en: 'The matching rules hold for the whole province: only somebody at its head office may do this.',
  },
  rule_set_unknown: { status: 404, vi: 'Không có bộ quy tắc này.', en: 'There is no such rule set.' },
  rule_set_invalid: { status: 400, vi: 'Bộ quy tắc còn thiếu hoặc sai.', en: 'Something in the rule set is missing or wrong.' },
  rule_set_own: {
    status: 403,
    vi: 'Người soạn không được tự cho áp dụng: cần một người khác.',
    en: 'Whoever drafted it may not adopt it: this needs another person.',
  },
  rule_set_adopted: {
    status: 409,
    vi: 'Bộ quy tắc này đã được cho áp dụng rồi. Muốn dùng lại bộ cũ, hãy soạn lại thành bộ mới.',
    en: 'This rule set was adopted already. To go back to an old one, draft it again.',
  },
  rule_set_withdrawn: { status: 409, vi: 'Bộ quy tắc này đã được rút.', en: 'This rule set was withdrawn.' },
  rule_set_in_force: {
    status: 409,
    vi: 'Quy tắc trong bộ này giống hệt quy tắc đang dùng: không có gì để thay đổi.',
    en: 'These rules are those that are in force: there is nothing to change.',
  },
  rule_set_contradicts: {
    status: 409,
    vi: 'Bộ quy tắc này sẽ làm trái quyết định đã có của cán bộ: không được áp dụng. Hãy xem các dòng “Trái quyết định” (chạy thử lại để thấy cả quyết định mới) rồi soạn bộ khác.',
    en: 'These rules would contradict what people decided: they may not be adopted. Look at the rows (try again to see the latest decisions), and draft others.',
  },
  rule_trial_unknown: { status: 404, vi: 'Không có lần chạy thử này.', en: 'There is no such trial.' },
  rule_trial_running: { status: 409, vi: 'Bộ quy tắc này đang được chạy thử.', en: 'A trial of this rule set is running.' },
  rule_trial_ended: { status: 409, vi: 'Lần chạy thử này đã kết thúc.', en: 'This trial has ended.' },
  rule_trial_missing: {
    status: 409,
    vi: 'Chưa có lần chạy thử nào hoàn tất trên ít nhất 90 ngày: hãy chạy thử trước.',
    en: 'No trial over at least 90 days has finished: try the rules first.',
  },
  rule_trial_stale: {
    status: 409,
    vi: 'Lần chạy thử đã quá 7 ngày, hoặc từ đó cán bộ đã quyết định nhiều khoản tiền mới: hãy chạy thử lại.',
    en: 'The trial is more than 7 days old, or people decided about much new money since: try the rules again.',
  },
  rule_trial_superseded: {
    status: 409,
    vi: 'Đã có lần chạy thử mới hơn lần đang xem; vui lòng xem lại rồi làm tiếp.',
    en: 'There is a newer trial than the one you looked at; look again.',
  },
} as const satisfies Record<string, Refusal>;
