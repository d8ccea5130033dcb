// Imports: the bank's lists are sent over HTTP as a person sends them, and the service must say of each what it is.
import type { Day } from '../../../src/domain/time';
import { count } from '../world';
import { fileOf, type BankFile, type Listing } from './listings';
import { mustBe, type Month } from './month';

const forms = ['csv', 'xlsx', 'xls'] as const;

interface Sent {
  id: string;
  state: string;
  lines: number;
  seenBefore: number;
  newTransactions: number;
  balanced: boolean | null;
  rejectedCount: number;
}

/** Sends what the bank lists: a quiet day's list has no line. */
export async function sendListing(month: Month, listing: Listing): Promise<void> {
  const form = forms[(listing.desk.place + dayNumber(listing.to)) % forms.length] ?? 'csv';
  const file = fileOf(month.book, listing, form);
  await send(month, listing, file);
  if (month.chance.next() < 0.1) await sendAgain(month, listing, file);
}

async function send(month: Month, { desk, liesBy }: Listing, { name, bytes, lines }: BankFile): Promise<Sent> {
  const body = new FormData();
  body.append('account', desk.accountId);
  body.append('file', new Blob([Uint8Array.from(bytes)]), name);
  const sent = await month.call<Sent>('POST', '/api/statements', { body, status: 201 });
  const { state, balanced, rejectedCount } = sent;
  mustBe(
    month,
    `${name} as it was read`,
    { state, lines: sent.lines, balanced, rejectedCount },
    { state: 'read', lines, balanced: liesBy === undefined, rejectedCount: 0 },
  );
  count(month.counts, 'statement files');
  return sent;
}

/** The same file once more adds nothing. */
async function sendAgain(month: Month, listing: Listing, file: BankFile): Promise<void> {
  const { newTransactions, seenBefore } = await send(month, listing, file);
  mustBe(month, `${file.name} once more`, { newTransactions, seenBefore }, { newTransactions: 0, seenBefore: file.lines });
  count(month.counts, 'files sent twice');
}

const dayNumber = (day: Day): number => Math.round(Date.parse(day) / 86_400_000);
