// Refusals about refunds: who may approve them, where they may go, and what may follow on what.
import type { Refusal } from './refusal';

export const refunds = {
  refund_unknown: { status: 404, vi: 'Không có khoản hoàn trả này.', en: 'There is no such refund.' },
  refund_changed: {
    status: 409,
    vi: 'Khoản hoàn trả vừa có người khác xử lý; vui lòng xem lại rồi làm tiếp.',
    en: 'Somebody else has just dealt with this refund; look again.',
  },
  refund_step_unfit: {
    status: 409,
    vi: 'Ở trạng thái hiện tại không làm được bước này.',
    en: 'As the refund stands, this step cannot be taken.',
  },
  refund_payee_unknown: {
    status: 409,
    vi: 'Chưa có tài khoản nhận: cần nêu ngân hàng và tài khoản trước khi duyệt.',
    en: 'Nobody has said which account it goes to: that comes before the approval.',
  },
  refund_evidence_missing: {
    status: 409,
    vi: 'Tài khoản nhận không phải tài khoản đã chuyển tiền: cần tên chủ tài khoản và căn cứ.',
    en: 'This is not the account that paid: the name of its holder and evidence are needed.',
  },
  refund_over_limit: {
    status: 403,
    vi: 'Số tiền vượt hạn mức duyệt; chuyển lãnh đạo hoặc kế toán trưởng cấp trên duyệt.',
    en: 'The amount is over the limit; it goes up to the leader or the head office.',
  },
  refund_delegation_over: {
    status: 403,
    vi: 'Ủy quyền duyệt hoàn trả đã hết hạn, chưa đến hạn hoặc đã bị thu hồi.',
    en: 'The delegation is over, not yet in force, or was withdrawn.',
  },
  refund_under_way: {
    status: 409,
    vi: 'Đang chờ cổng thanh toán trả lời; chưa ai ghi kết quả thay được.',
    en: 'The gateway has not answered yet; nobody can say for it what became of it.',
  },
  refund_amount_unfit: {
    status: 409,
    vi: 'Số tiền ra của giao dịch này không khớp với số hoàn trả.',
    en: 'The money that left does not fit the refund.',
  },
  refund_account_unfit: {
    status: 409,
    vi: 'Tiền phải ra từ chính tài khoản đã gửi lệnh hoàn trả.',
    en: 'The money has to leave the very account from which the refund was sent.',
  },
  refund_evidence_needed: {
    status: 409,
    vi: 'Cần chọn giao dịch tiền ra, hoặc nêu chứng từ của cổng thanh toán hay Kho bạc.',
    en: 'Choose the movement that paid it, or state the document of the gateway or the Treasury.',
  },
  refund_confirmed_by_gateway: {
    status: 409,
    vi: 'Chính cổng thanh toán đã trả lời là đã hoàn trả: không thu lại được. Nếu người nộp chưa nhận, xin tra soát với cổng.',
    en: 'The gateway itself answered that it was paid: that cannot be taken back. Where the payer has not got it, ask the gateway.',
  },
  refund_file_unknown: { status: 404, vi: 'Không có tệp chuyển khoản này.', en: 'There is no such file of transfers.' },
  refund_file_empty: {
    status: 409,
    vi: 'Không còn khoản hoàn trả nào chờ chuyển để đưa vào tệp.',
    en: 'No refund that is still to be paid is left for the file.',
  },
  refund_limit_own: {
    status: 403,
    vi: 'Không tự đặt hạn mức cho vai trò của chính mình.',
    en: 'Nobody sets the limit of the own role.',
  },
  disposition_owner_unfit: {
    status: 409,
    vi: 'Người phụ trách phải là kế toán của đơn vị thấy được khoản tiền này.',
    en: 'Who looks after it has to be of the finance desk and to see this money.',
  },
  delegation_unknown: { status: 404, vi: 'Không có ủy quyền này.', en: 'There is no such delegation.' },
  delegation_ended: { status: 409, vi: 'Ủy quyền này đã bị thu hồi.', en: 'This delegation was withdrawn already.' },
  delegation_unfit: {
    status: 409,
    vi: 'Ủy quyền không hợp lệ: người nhận, thời hạn hoặc số tiền chưa đúng.',
    en: 'The delegation does not fit: its person, its days or its amount.',
  },
} as const satisfies Record<string, Refusal>;
