// Refusals about shifts, cash that goes back or to the bank, and money for the State budget.
import type { Refusal } from './refusal';

export const cash = {
  shift_unknown: { status: 404, vi: 'Không có ca này.', en: 'There is no such shift.' },
  shift_already_open: { status: 409, vi: 'Quầy này đang có ca mở.', en: 'A shift is open at this counter.' },
  shift_closed: { status: 409, vi: 'Ca này đã chốt, không sửa được nữa.', en: 'This shift is closed; nothing about it changes any more.' },
  shift_missing: { status: 409, vi: 'Quầy chưa mở ca.', en: 'No shift is open at this counter.' },
  shift_of_another: {
    status: 409,
    vi: 'Quầy đang trong ca của người khác; người đó chốt ca bàn giao rồi mới làm tiếp.',
    en: 'The open shift of this counter is another person’s, who closes it and hands over first.',
  },
  shift_float_short: {
    status: 409,
    vi: 'Tiền đầu ca ít hơn số ca trước để lại. Nhận đủ số bàn giao, đếm lại và ghi thiếu quỹ khi chốt ca.',
    en: 'The float is less than the shift before left. Take over the whole of it, count, and state what is missing when you close.',
  },
  shift_reason_needed: {
    status: 409,
    vi: 'Tiền đếm được khác số phải có: cần ghi lý do thừa, thiếu quỹ.',
    en: 'What was counted is not what should be there: say why.',
  },
  shift_hand_on_too_much: {
    status: 409,
    vi: 'Tiền để lại quầy lớn hơn tiền đếm được.',
    en: 'More is left in the drawer than was counted.',
  },
  shift_cash_short: { status: 409, vi: 'Trong quầy không đủ tiền mặt để trả.', en: 'There is not enough cash in the drawer.' },
  shift_difference_unknown: {
    status: 409,
    vi: 'Ca này không có thừa, thiếu quỹ chờ xác nhận.',
    en: 'No difference of this shift waits to be confirmed.',
  },
  cash_return_unknown: { status: 404, vi: 'Không có đề nghị trả tiền mặt này.', en: 'There is no such return of cash.' },
  cash_return_exists: {
    status: 409,
    vi: 'Khoản này đã có đề nghị trả tiền mặt đang chờ.',
    en: 'A return of this cash was asked for already.',
  },
  cash_return_changed: {
    status: 409,
    vi: 'Đề nghị này vừa có người khác xử lý; hãy xem lại.',
    en: 'Somebody else was first; look again.',
  },
  cash_return_no_cash: { status: 409, vi: 'Khoản này không có tiền mặt để trả.', en: 'No cash was paid for this.' },
  deposit_unknown: { status: 404, vi: 'Không có lần nộp tiền này.', en: 'There is no such deposit.' },
  deposit_without_shifts: { status: 409, vi: 'Chưa chọn ca nào có tiền để nộp.', en: 'No shift with cash to deposit was chosen.' },
  deposit_shift_taken: {
    status: 409,
    vi: 'Tiền của ca đã chọn đã được nộp hoặc không thuộc đơn vị này.',
    en: 'The cash of a chosen shift was deposited already, or is not this agency’s.',
  },
  deposit_amount_differs: {
    status: 409,
    vi: 'Số tiền nộp khác tổng tiền của các ca đã chọn.',
    en: 'The amount is not the sum of the chosen shifts.',
  },
  deposit_day_wrong: {
    status: 409,
    vi: 'Ngày nộp phải từ ngày chốt ca đến hôm nay.',
    en: 'The day lies between the closing of the shifts and today.',
  },
  deposit_arrived: { status: 409, vi: 'Tiền này đã về tài khoản.', en: 'This money has arrived on the account.' },
  deposit_not_short: {
    status: 409,
    vi: 'Không có phần thiếu nào để ghi nhận hoặc thu lại: tiền chưa về phần nào, đã về đủ, hoặc có người vừa xử lý.',
    en: 'There is no shortage to confirm or to take back: nothing of it has arrived, all of it has, or somebody else was first.',
  },
  deposit_short: {
    status: 409,
    vi: 'Phần còn lại đã được ghi nhận là thiếu; hãy thu lại ghi nhận đó trước.',
    en: 'The rest was confirmed as short; take that back first.',
  },
  deposit_withdrawn: { status: 409, vi: 'Lần nộp này đã bị hủy ghi.', en: 'The record of this deposit was withdrawn.' },
  deposit_account_differs: {
    status: 409,
    vi: 'Tiền vào tài khoản khác với tài khoản đã nộp.',
    en: 'The credit is on another account than the deposit.',
  },
  retention_unknown: { status: 404, vi: 'Không có tỷ lệ để lại này.', en: 'There is no such retention rate.' },
  retention_decided: { status: 409, vi: 'Tỷ lệ này đã được quyết định.', en: 'This rate was decided already.' },
  retention_not_for_le_phi: {
    status: 409,
    vi: 'Lệ phí nộp toàn bộ vào ngân sách, không có phần để lại.',
    en: 'A state charge goes to the budget whole; nothing of it is retained.',
  },
  retention_dates_wrong: { status: 409, vi: 'Ngày hết hiệu lực trước ngày có hiệu lực.', en: 'It ends before it begins.' },
  remittance_unknown: { status: 404, vi: 'Không có giấy nộp tiền này.', en: 'There is no such slip.' },
  remittance_nothing: { status: 409, vi: 'Không còn số nào phải nộp ngân sách.', en: 'Nothing is left to hand over.' },
  remittance_too_much: { status: 409, vi: 'Số tiền lớn hơn số còn phải nộp ngân sách.', en: 'This is more than is left to hand over.' },
  remittance_changed: {
    status: 409,
    vi: 'Giấy nộp tiền vừa có người khác xử lý; hãy xem lại.',
    en: 'Somebody else was first; look again.',
  },
  remittance_amount_differs: {
    status: 409,
    vi: 'Số tiền ra khỏi tài khoản ít hơn số trên giấy nộp tiền.',
    en: 'Less left the account than the amount of the slip.',
  },
  remittance_account_differs: { status: 409, vi: 'Tiền ra từ tài khoản khác.', en: 'The money left another account.' },
} as const satisfies Record<string, Refusal>;
