// The statement of the pretend bank as a spreadsheet, laid out as TPBank does: texts for amounts, DD-MM-YYYY, a header row that is not the first.
import { seePretendStatement, type PretendLine } from '../actions/movePretendMoney';
import type { Money } from '../domain/money';
import { dayOf, parseDay, vietnamTimeOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { askedText } from './query';
import type { Shown, Visit } from './screen';
import { spreadsheetOf } from './spreadsheet';

const headers = ['Ngày thực hiện', 'Ngày hiệu lực', 'Mô tả giao dịch', 'Ghi nợ', 'Ghi có', 'Số dư', 'Mã giao dịch'];

/** `?account=&from=&to=`; today unless told. */
export async function showPretendStatement({ ctx, req }: Visit): Promise<Shown> {
  const account = await ctx.store.tables.accounts.find(askedText(req, 'account') ?? '');
  if (!account) throw new Problem('account_unknown');
  const from = dayAsked(askedText(req, 'from')) ?? dayOf(ctx.now());
  const to = dayAsked(askedText(req, 'to')) ?? from;
  const { opening, lines, closing } = await seePretendStatement(ctx, account.id, from, to);
  const rows = [
    ['SAO KÊ TÀI KHOẢN'],
    ['Số tài khoản:', account.accountNumber],
    ['Tên tài khoản:', account.accountName],
    ['Từ ngày', dashed(from), 'Đến ngày', dashed(to)],
    ['Số dư đầu kỳ', grouped(opening)],
    headers,
    ...lines.map(cellsOf),
    ['Số dư cuối kỳ', grouped(closing)],
  ];
  const file = await spreadsheetOf('VN', rows);
  return {
    file,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: `sao-ke-${account.accountNumber}-${from}.xlsx`,
  };
}

const dayAsked = (text: string | undefined): Day | undefined => (text === undefined ? undefined : parseDay(text));

function cellsOf({ direction, amount, content, bankReference, bankTime, balanceAfter }: PretendLine): string[] {
  const day = dashed(dayOf(bankTime));
  const sides = direction === 'out' ? [grouped(amount), ''] : ['', grouped(amount)];
  return [`${day} ${vietnamTimeOf(bankTime).slice(11)}`, day, content, ...sides, grouped(balanceAfter), bankReference];
}

const dashed = (day: Day): string => day.split('-').reverse().join('-');

const grouped = (amount: Money): string => amount.toString().replace(/\B(?=(\d{3})+$)/g, ',');
