// How a tax notice looks on the wire, beside its obligation.
import { taxDocumentOf } from '../actions/seeNotices';
import type { SeenObligation } from '../actions/seeObligation';
import { isOverdue } from '../domain/taxNotice';
import { dayOf, type Instant } from '../domain/time';

/** `document` stands once the tax is paid in full: the bank or the Treasury makes it out. */
export function presentTaxNotice(seen: SeenObligation, now: Instant) {
  const { obligation, notice } = seen;
  if (!notice) return {};
  const { account } = notice;
  return {
    taxNotice: {
      number: notice.number,
      issuer: notice.issuer,
      issuedOn: notice.issuedOn,
      taxpayer: { name: notice.taxpayerName },
      chapter: notice.chapter,
      subItem: notice.subItem,
      amount: obligation.due,
      dueOn: notice.dueOn,
      overdue: isOverdue(notice, obligation, dayOf(now)),
      treasuryAccount: { bankBin: account.bankBin, accountNumber: account.accountNumber, accountName: account.accountName },
      revenueBody: notice.revenueBody ?? null,
      treasuryCode: notice.treasuryCode ?? null,
      replaces: notice.replaces ?? null,
      replacedBy: notice.replacedBy?.number ?? null,
      document: taxDocumentOf(seen) ?? null,
    },
  };
}
