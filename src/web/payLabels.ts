// The words of the citizen's page, in Vietnamese and English.

export const payLabels = {
  payTitle: ['Nộp phí, lệ phí', 'Pay your fee'],
  payAmount: ['Số tiền phải nộp', 'To be paid'],
  payRest: ['Còn phải nộp', 'Still to be paid'],
  payTo: ['Đơn vị thu', 'Paid to'],
  payApplicant: ['Người nộp hồ sơ', 'Applicant'],
  payWaiting: ['Trang tự cập nhật ngay khi tiền về.', 'This page changes by itself as soon as the money arrives.'],
  payPartHint: ['Đã nhận {paid}. Mã QR dưới đây chỉ cho phần còn lại.', '{paid} was received. The QR code below is for the rest only.'],
  payReceived: ['Đã nhận đủ {amount} lúc {time}.', '{amount} received in full on {time}.'],
  payOverHint: [
    'Đã nhận thừa {amount}. Khoản thừa được giữ riêng và sẽ hoàn trả; Ông/Bà không cần làm gì thêm.',
    '{amount} too much was received. It is held apart and will be paid back; there is nothing for you to do.',
  ],
  payFreeHint: ['Ông/Bà không phải nộp khoản này.', 'Nothing is to be paid for this.'],
  payCancelledHint: [
    'Khoản này đã hủy, xin đừng chuyển tiền. Tiền đã chuyển (nếu có) được giữ riêng và sẽ hoàn trả.',
    'This was cancelled; please do not pay it. Money that was sent is held apart and will be paid back.',
  ],
  payFor: ['Nộp cho việc gì', 'What it is for'],
  payByQr: ['Quét mã bằng ứng dụng ngân hàng', 'Scan with your banking app'],
  payByQrHint: [
    'Trên điện thoại: lưu ảnh QR rồi chọn ảnh đó trong ứng dụng ngân hàng, hoặc chép từng dòng bên dưới.',
    'On a phone: save the QR picture and choose it in your banking app, or copy the rows below.',
  ],
  saveQr: ['Lưu ảnh QR', 'Save the QR picture'],
  bankApps: ['Mở ứng dụng ngân hàng', 'Open a banking app'],
  bankAppsHint: [
    'Các ứng dụng này mở ra với thông tin đã điền sẵn, qua dịch vụ liên kết của VietQR.',
    "These apps open with the transfer filled in, by way of VietQR's link service.",
  ],
  payOnline: ['Thanh toán trực tuyến', 'Pay online'],
  payOnlineHint: [
    'Không thu thêm phí. Đóng trình duyệt giữa chừng không mất tiền: quay lại trang này để xem kết quả.',
    'No extra charge. Nothing is lost if you close the browser: come back to this page to see the result.',
  ],
  payBy_payos: ['payOS (chuyển khoản ngân hàng)', 'payOS (bank transfer)'],
  payBy_vnpay: ['VNPAY (thẻ, ứng dụng ngân hàng, ví)', 'VNPAY (cards, banking apps, wallets)'],
  payBy_stripe: ['Thẻ quốc tế (Stripe)', 'International card (Stripe)'],
  payLive: [
    'Đang có lượt thanh toán trực tuyến chưa kết thúc. Nếu đã trả tiền, kết quả sẽ hiện ở đây sau ít giây.',
    'An online payment is still open. If you have paid, the result will be here within seconds.',
  ],
  payContinue: ['Tiếp tục ở {gateway}', 'Continue at {gateway}'],
  payGoing: ['Đang chuyển đến cổng thanh toán', 'On the way to the payment gateway'],
  payGo: ['Tiếp tục', 'Continue'],
  payBackToPage: ['Quay lại trang nộp tiền', 'Back to the payment page'],
  payWarning: [
    'Chỉ nộp khi tên tài khoản đúng là {account}. Không quét mã QR dán ở ngoài hoặc do người lạ gửi.',
    'Pay only if the account name is {account}. Do not scan QR stickers, or codes that strangers send.',
  ],
  payNoWay: [
    'Chưa có cách nộp trực tuyến cho khoản này; vui lòng liên hệ đơn vị thu.',
    'There is no way to pay this online yet; please ask the collecting unit.',
  ],
  payReceipts: ['Biên lai', 'Receipts'],
  payReceiptSoon: ['Biên lai được lập trong ít giây.', 'The receipt is made within seconds.'],
  payReceiptCheck: ['Xác thực', 'Verify'],
  payNotice: ['Theo thông báo số {number} ngày {date}', 'By notice no. {number} of {date}'],
  payUpdated: ['Cập nhật lúc {time}', 'As of {time}'],
  payReload: ['Xem lại', 'Look again'],
  sharePay: ['Liên kết cho người nộp', 'Link for the payer'],
  sharePayHint: [
    'Gửi liên kết này cho người nộp: ai có liên kết đều xem được số tiền và nộp được, không xem được tên đầy đủ.',
    'Give this link to the payer: whoever has it sees the sum and can pay it, and does not see the full name.',
  ],
  revokePay: ['Thu hồi liên kết', 'Revoke the link'],
} as const satisfies Record<string, readonly [string, string]>;
