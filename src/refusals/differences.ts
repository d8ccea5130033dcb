// Refusals about the differences of a day, and what is said of them.
import type { Refusal } from './refusal';

export const differences = {
  difference_unknown: {
    status: 404,
    vi: 'Không còn chênh lệch này: số liệu vừa thay đổi. Vui lòng xem lại ngày đối soát.',
    en: 'There is no such difference any more: the facts have changed. Look at the day again.',
  },
  difference_not_blocking: {
    status: 409,
    vi: 'Chênh lệch này không cản khóa sổ nên không cần chuyển ngày sau.',
    en: 'This difference does not keep the day from being closed: there is nothing to carry.',
  },
  owner_unknown: {
    status: 409,
    vi: 'Không có cán bộ tài chính này trong đơn vị để giao việc.',
    en: 'There is no such finance officer to give this to.',
  },
  period_too_long: { status: 400, vi: 'Chọn không quá 31 ngày.', en: 'Choose no more than 31 days.' },
} as const satisfies Record<string, Refusal>;
