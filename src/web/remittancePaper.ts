// The slip for the State budget on paper: bank and Treasury are given it; what the service does not know is a dotted line to be filled in by hand.
import { demand } from '../actions/demand';
import { slipInSight } from '../actions/draftRemittance';
import type { Account, Agency } from '../domain/agency';
import { collectorFor, type Collector } from '../domain/collector';
import { remittanceCode, remittanceStateOf, stands, type Remittance } from '../domain/remittance';
import { dayOf, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { idIn, nameIn } from './cashParts';
import { inDate, inDateTime, inFigures } from './format';
import { wordsIn } from './labels';
import { heightOf, makeRoom, rule, writeAt, type Paper, type Writing } from './paper';
import { accountWords, drawn, sumRows } from './refundPaper';
import { inMonth } from './remittance';
import type { OfficerVisit, Shown } from './screen';

/** Throws remittance_unknown, and remittance_changed for one that was refused or withdrawn: nobody is to pay by it. */
export async function showSlipPaper(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor } = visit;
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const slip = await slipInSight(tables, actor, idIn(visit));
  if (!stands(slip)) throw new Problem('remittance_changed');
  const agencies = await tables.agencies.list();
  const subItems = new Map<string, string>();
  for (const { kind, subject } of slip.lines) {
    const fee = kind === 'owed' ? undefined : await tables.procedures.findFee(subject);
    if (fee?.budgetSubItem) subItems.set(subject, fee.budgetSubItem);
  }
  const file = await slipPdf({
    slip,
    agency: agencies.find(({ code }) => code === slip.agencyCode),
    collector: collectorFor(agencies, await tables.collectors.list(), slip.agencyCode),
    account: await tables.accounts.find(slip.accountId),
    subItems,
    names: await tables.officers.listNames(),
    now: ctx.now(),
  });
  return { file, type: 'application/pdf', name: `giay-nop-tien-${remittanceCode(slip)}.pdf` };
}

interface SlipGiven {
  slip: Remittance;
  agency: Agency | undefined;
  collector: Collector | undefined;
  account: Account | undefined;
  /** Of the fees of which the schedule knows it. */
  subItems: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
  now: Instant;
}

const unknown = '.'.repeat(72);
const unknownCode = '.'.repeat(10);

function slipPdf({ slip, agency, collector, account, subItems, names, now }: SlipGiven): Promise<Buffer> {
  const state = remittanceStateOf(slip);
  const isDraft = state === 'drafted';
  const approval = slip.steps.find((step) => step.state === 'approved');
  return drawn({
    title: `Giấy nộp tiền vào ngân sách nhà nước${isDraft ? ' (dự thảo)' : ''}`,
    subtitle: `Số ${slip.number} · kỳ đến hết tháng ${inMonth(slip.month)} · ${wordsIn('vi')(`remitState_${state}`)} · in ngày ${inDate(dayOf(now))}`,
    agency: agency?.name ?? slip.agencyCode,
    at: now,
    opening: 'Đề nghị ngân hàng trích tài khoản của đơn vị để nộp ngân sách nhà nước:',
    rows: [
      ['Đơn vị nộp', agency?.name ?? slip.agencyCode],
      ['Tổ chức thu, mã số thuế', collector ? `${collector.name} · ${collector.taxCode}` : unknown],
      ['Trích từ tài khoản', accountWords(account) ?? slip.accountId],
      ['Nộp vào Kho bạc Nhà nước', unknown],
      ['Tài khoản của Kho bạc', unknown],
      ['Cơ quan quản lý thu', unknown],
      ...sumRows(slip.amount),
      ['Nội dung chuyển tiền', remittanceCode(slip)],
      ['Hạn nộp', inDate(slip.dueDay)],
      ['Người lập', `${nameIn(names, slip.draftedBy)}, ${inDateTime(slip.draftedAt)}`],
      ['Người duyệt', approval ? `${nameIn(names, approval.by)}, ${inDateTime(approval.at)}` : 'Chưa duyệt'],
    ],
    table: (paper) => drawLines(paper, slip, subItems),
    closing: isDraft
      ? 'Bản dự thảo, chưa được duyệt: không dùng để nộp tiền.'
      : 'Chỗ để trống là phần hệ thống không lưu: ghi theo thông tin Kho bạc Nhà nước và cơ quan quản lý thu cấp cho đơn vị. Có giá trị khi được ký.',
    signers: ['Người nộp tiền', 'Kế toán trưởng', 'Thủ trưởng đơn vị'],
  });
}

/** Parts of the sheet's width. */
const columns = [
  { head: 'Nội dung khoản nộp', part: 0.42, align: 'left' },
  { head: 'Kỳ', part: 0.13, align: 'center' },
  { head: 'Chương', part: 0.12, align: 'center' },
  { head: 'Tiểu mục', part: 0.13, align: 'center' },
  { head: 'Số tiền (đồng)', part: 0.2, align: 'right' },
] as const;

const cellText: Writing = { size: 8 };
const strongText: Writing = { size: 8, isBold: true };
const padding = 3;

/** No fee says its chapter: that is the unit's own. */
function drawLines(paper: Paper, { lines, amount }: Remittance, subItems: ReadonlyMap<string, string>): void {
  drawCells(
    paper,
    columns.map(({ head }) => head),
    strongText,
  );
  for (const { name, month, subject, amount: part } of lines)
    drawCells(paper, [name, inMonth(month), unknownCode, subItems.get(subject) ?? unknownCode, inFigures(part)], cellText);
  drawCells(paper, ['Tổng cộng', '', '', '', inFigures(amount)], strongText);
}

function drawCells(paper: Paper, texts: readonly string[], writing: Writing): void {
  const cells = columns.map(({ part, align }, place) => ({ text: texts[place] ?? '', width: part * paper.width, align }));
  const height = Math.max(...cells.map(({ text, width }) => heightOf(paper, text, width - 2 * padding, writing))) + 2 * padding;
  makeRoom(paper, height);
  let x = paper.left;
  for (const { text, width, align } of cells) {
    writeAt(paper, text, x + padding, paper.y + padding, width - 2 * padding, { ...writing, align });
    x += width;
  }
  paper.y += height;
  rule(paper, paper.y);
}
