// Refusals about money that left our accounts, and what it was for.
import type { Refusal } from './refusal';

export const finance = {
  transaction_not_outgoing: {
    status: 409,
    vi: 'Giao dịch này không phải tiền ra khỏi tài khoản của ta.',
    en: 'This is no money that left an account of ours.',
  },
  transaction_already_explained: {
    status: 409,
    vi: 'Khoản tiền ra này đã được giải trình hết.',
    en: 'All of this money that left is explained already.',
  },
  explanation_unknown: { status: 409, vi: 'Không còn giải trình này để thu lại.', en: 'There is no such explanation to take back.' },
} as const satisfies Record<string, Refusal>;
