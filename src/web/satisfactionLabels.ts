// The words of the satisfaction board, in Vietnamese and English.

export const satisfactionLabels = {
  satisfaction: ['Hài lòng khi nộp', 'Satisfaction'],
  satisfactionLead: [
    'Sau khi nộp xong, người nộp được chọn một mức, một lần. Không ai biết ai đã chọn gì: chỉ đếm theo đơn vị và ngày.',
    'After paying, a payer may choose one answer, once. Nobody knows who chose what: answers are only counted by unit and day.',
  ],
  satisfactionFrom: ['Từ ngày', 'From'],
  satisfactionTo: ['Đến ngày', 'To'],
  satisfactionShow: ['Xem', 'Show'],
  satisfactionNone: ['Chưa có lượt chọn nào trong khoảng này.', 'No answers in these days.'],
  satisfactionTaps: ['Lượt chọn', 'Answers'],
  satisfactionFew: ['dưới 5 lượt, không tách', 'below 5, not told apart'],
  satisfactionAll: ['Tất cả', 'All'],
  satisfactionByAgency: ['Theo đơn vị', 'By unit'],
  satisfactionByDay: ['Theo ngày', 'By day'],
  satisfactionUnit: ['Đơn vị', 'Unit'],
  satisfactionDay: ['Ngày', 'Day'],
  overdueTitle: ['Báo chuyển tiền quá hạn trả lời', 'Reports of transfers without an answer in time'],
  overdueNone: ['Không có báo nào quá hạn.', 'None is overdue.'],
} as const;
