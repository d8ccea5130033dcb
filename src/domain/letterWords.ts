// The words of letters: Vietnamese first, then the same in English, for people who owe a fee and not for accountants.
import { inDong } from './feeWords';
import { codeMinutes } from './findCode';
import { amountsIn, isLateIn, refundIn, type LetterText, type ToldType } from './letter';

/** What a letter of news is made from. */
export interface News {
  type: ToldType;
  dossierCode: string;
  unitName: string;
  /** Of the event. */
  payload: unknown;
  /** The address of the citizen's page. */
  payPage: string;
  /** The address of the receipt, where the news is of one. */
  receiptPage?: string;
}

type Sentences = readonly [subject: string, vi: string, en: string];

export function newsLetter(news: News): LetterText {
  const [subject, vi, en] = sentencesOf(news);
  const address = news.receiptPage ?? news.payPage;
  return letter(news.dossierCode, subject, [`Đơn vị thu: ${news.unitName}`], [vi, en, `Xem tại / See: ${address}`]);
}

/** The letter that brings a one-time code. */
export const codeLetter = (dossierCode: string, code: string): LetterText =>
  letter(
    dossierCode,
    'mã xác nhận',
    [],
    [
      `Mã xác nhận để tra cứu khoản nộp: ${code}. Mã dùng một lần, có hiệu lực ${codeMinutes} phút.`,
      `Your code to see the payments: ${code}. It can be used once, within ${codeMinutes} minutes.`,
      'Nếu Ông/Bà không yêu cầu mã này, xin bỏ qua thư. Không đưa mã cho bất kỳ ai. / If you did not ask for it, ignore this letter. Give the code to nobody.',
    ],
  );

const letter = (dossierCode: string, subject: string, facts: readonly string[], paragraphs: readonly string[]): LetterText => ({
  subject: `Hồ sơ ${dossierCode}: ${subject}`,
  text: [[`Hồ sơ: ${dossierCode}`, ...facts].join('\n'), ...paragraphs, closing].join('\n\n') + '\n',
});

const closing = 'Thư tự động, xin không trả lời. / This letter was sent automatically; please do not reply.';

function sentencesOf({ type, payload }: News): Sentences {
  const { due, paid, outstanding, over } = amountsIn(payload);
  switch (type) {
    case 'obligation.issued':
      if (due.isZero()) return ['không phải nộp', 'Khoản của hồ sơ này là 0 ₫: không phải nộp.', 'Nothing is to be paid for this dossier.'];
      return [
        `phải nộp ${inDong(due)}`,
        `Khoản phải nộp là ${inDong(due)}. Trang dưới đây có mã QR, các cách nộp và căn cứ thu.`,
        `${inDong(due)} is to be paid. The page below has the QR code, every way to pay, and the legal basis.`,
      ];
    case 'obligation.part_paid':
      return [
        `còn phải nộp ${inDong(outstanding)}`,
        `Đã nhận ${inDong(paid)}, còn phải nộp ${inDong(outstanding)}.`,
        `${inDong(paid)} was received; ${inDong(outstanding)} is still to be paid.`,
      ];
    case 'obligation.paid':
      return [
        'đã nộp đủ',
        `Đã nhận đủ ${inDong(due)}.${isLateIn(payload) ? ' Tiền về sau khi mã QR hết hạn và vẫn được ghi nhận đủ.' : ''} Biên lai có trên trang dưới đây ngay khi được ký.`,
        `${inDong(due)} was received in full.${isLateIn(payload) ? ' It came after the QR code had expired, and counts all the same.' : ''} The receipt is on the page below as soon as it is signed.`,
      ];
    case 'obligation.overpaid':
      return [
        `nộp thừa ${inDong(over)}`,
        `Đã nhận thừa ${inDong(over)}. Khoản thừa được giữ riêng và sẽ hoàn trả; Ông/Bà không cần làm gì thêm.`,
        `${inDong(over)} too much was received. It is held apart and will be paid back; there is nothing for you to do.`,
      ];
    case 'obligation.paid_late':
      return [
        'tiền về muộn, đã ghi nhận',
        'Tiền về sau khi mã QR hết hạn và vẫn được ghi nhận đủ.',
        'The money came after the QR code had expired, and counts all the same.',
      ];
    case 'obligation.cancelled':
      return [
        'khoản phải nộp đã hủy',
        'Khoản phải nộp này đã hủy, xin đừng chuyển tiền. Tiền đã chuyển (nếu có) được giữ riêng và sẽ hoàn trả.',
        'This was cancelled; please do not pay it. Money that was sent is held apart and will be paid back.',
      ];
    case 'obligation.reopened':
      return [
        `lại phải nộp ${inDong(outstanding)}`,
        `Khoản tiền ghi cho hồ sơ này trước đây đã được ghi sang chỗ khác: còn phải nộp ${inDong(outstanding)}.`,
        `Money that had been recorded here belongs elsewhere: ${inDong(outstanding)} is to be paid.`,
      ];
    case 'refund.requested':
    case 'refund.approved':
    case 'refund.completed':
    case 'refund.reopened':
      return refundSentences(type, payload);
    case 'receipt.issued':
      return [
        'biên lai thay thế',
        'Biên lai đã được thay bằng biên lai mới; biên lai cũ không còn giá trị.',
        'The receipt was replaced by a new one; the old one is no longer valid.',
      ];
  }
}

function refundSentences(type: Extract<ToldType, `refund.${string}`>, payload: unknown): Sentences {
  const { amount, isTreasury } = refundIn(payload);
  const sum = inDong(amount);
  switch (type) {
    case 'refund.requested':
      return [
        `đề nghị hoàn trả ${sum}`,
        `Đã ghi đề nghị hoàn trả ${sum} cho tài khoản đã nộp tiền. Bộ phận tài chính sẽ duyệt; Ông/Bà không cần làm gì thêm.`,
        `A refund of ${sum} to the account that paid was asked for. The finance desk will decide; there is nothing for you to do.`,
      ];
    case 'refund.approved':
      return [
        `đã duyệt hoàn trả ${sum}`,
        `Đã duyệt hoàn trả ${sum}. ${isTreasury ? 'Kho bạc Nhà nước sẽ chuyển tiền theo lệnh hoàn trả.' : 'Tiền đang được chuyển về cho người nộp.'}`,
        `The refund of ${sum} was approved. ${isTreasury ? 'The State Treasury will pay it.' : 'The money is on its way back to the payer.'}`,
      ];
    case 'refund.completed':
      return [
        `đã hoàn trả ${sum}`,
        `Đã hoàn trả ${sum} cho người nộp tiền. Ngân hàng thường ghi có ngay, chậm nhất trong ngày làm việc tiếp theo.`,
        `${sum} was paid back to the payer. Banks usually credit it at once, at the latest on the next working day.`,
      ];
    case 'refund.reopened':
      return [
        `đang kiểm tra lại khoản hoàn trả ${sum}`,
        `Thư trước báo đã hoàn trả ${sum} được gửi khi chưa đủ căn cứ. Bộ phận tài chính đang kiểm tra và sẽ báo khi tiền đã được chuyển; Ông/Bà không cần làm gì thêm.`,
        `We told you too soon that ${sum} was paid back. The finance desk is checking and will tell when it was; there is nothing for you to do.`,
      ];
  }
}
