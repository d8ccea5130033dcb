// Refusals about gateways: sums that they do not take, and what they pay out to us.
import type { Refusal } from './refusal';

export const settlements = {
  amount_unfit_for_gateway: {
    status: 409,
    vi: 'Cổng thanh toán này không nhận số tiền này trong một lần nộp. Xin chọn cách khác.',
    en: 'This gateway does not take this sum in one payment. Please choose another way.',
  },
  settlement_unreadable: {
    status: 422,
    vi: 'Không đọc được tệp này như danh sách quyết toán. Chưa có gì được ghi; xin xem các cột cần có và nộp lại.',
    en: 'This file cannot be read as a settlement list. Nothing was kept; see which columns are needed and send it again.',
  },
  settlement_unknown: { status: 404, vi: 'Không có đợt quyết toán này.', en: 'There is no such settlement.' },
  settlement_arrived: {
    status: 409,
    vi: 'Tiền của đợt quyết toán này đã được nhận diện.',
    en: 'The money of this settlement is recognised already.',
  },
  settlement_without_money: {
    status: 409,
    vi: 'Đợt quyết toán này không chuyển tiền cho ta: tổng thực nhận không lớn hơn 0. Hãy chọn đợt mà cổng bù trừ.',
    en: 'This settlement pays us nothing: its net sum is not above 0. Say in which other the gateway sets it off.',
  },
  settlement_pays: {
    status: 409,
    vi: 'Đợt quyết toán này có tiền chuyển về, không bù trừ.',
    en: 'This settlement pays us something; nothing is set off.',
  },
  settlement_carried: { status: 409, vi: 'Đợt này đã được bù trừ trong đợt khác.', en: 'It is set off in another payout already.' },
  settlement_not_carried: { status: 409, vi: 'Đợt này chưa được bù trừ.', en: 'It is not set off in another payout.' },
  settlement_target_unfit: {
    status: 409,
    vi: 'Chỉ bù trừ vào một đợt khác của cùng cổng, tiền chưa về.',
    en: 'It can be set off only in another payout of the same gateway, whose money has not come.',
  },
  settlement_not_debited: {
    status: 409,
    vi: 'Đợt quyết toán này không trích nợ ta: tổng thực nhận không dưới 0.',
    en: 'This settlement debits us nothing: its net sum is not under 0.',
  },
  settlement_debit_differs: {
    status: 409,
    vi: 'Khoản tiền ra này ít hơn số mà cổng trích nợ theo đợt quyết toán.',
    en: 'Less left the account than the gateway debits by this settlement.',
  },
  settlement_sum_differs: {
    status: 409,
    vi: 'Khoản tiền này ít hơn số thực nhận của đợt quyết toán. Xin chọn khoản khác, hoặc xác nhận phần thiếu là phí chuyển tiền của ngân hàng.',
    en: 'This credit is less than the net sum of the settlement. Choose another, or confirm that the rest is what banks charged for the transfer.',
  },
  settlement_rest_too_large: {
    status: 409,
    vi: 'Phần thiếu quá lớn để là phí chuyển tiền. Xin hỏi cổng thanh toán, rồi nộp danh sách đúng.',
    en: 'Too much is missing for a charge on a transfer. Ask the gateway, then send the right list.',
  },
} as const satisfies Record<string, Refusal>;
