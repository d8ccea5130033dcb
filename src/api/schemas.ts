// What requests may say: zod schemas that check them and describe them in /openapi.json.
import { z } from 'zod';
import { bankOfBin } from '../domain/banks';
import { isEmail } from '../domain/contact';
import { obligationStatuses } from '../domain/obligation';
import { resolutionActions } from '../domain/resolution';
import { accountNumberPattern, chapterPattern, subItemPattern } from '../domain/taxNotice';
import { parseDay, parseInstant } from '../domain/time';
import { identifier, line, personName } from './text';

const mostUnits = 10_000;
const highestValueDong = 10_000_000_000_000;
const highestCashDong = 999_999_999_999;

/** A Vietnamese calendar day. */
export const dayText = z
  .string()
  .transform((text, check) => parseDay(text) ?? (check.addIssue('not a day such as 2026-11-21'), z.NEVER))
  .meta({ format: 'date' });

export const instantText = z
  .string()
  .transform((text, check) => parseInstant(text) ?? (check.addIssue('not an RFC 3339 time with a zone'), z.NEVER))
  .meta({ format: 'date-time' });

/** `2.000815`, also in a province's writing `2.000815.000.00.00.H55`. */
export const procedureCode = z
  .string()
  .max(64)
  .regex(/^\d\.\d{6}(\.[0-9A-Z]{2,3})*$/, 'not a procedure code')
  .transform((text) => text.slice(0, '2.000815'.length));

export const channel = z.enum(['counter', 'online', 'postal']);

const feeInputs = {
  quantity: z.int().min(1).max(mostUnits).exactOptional(),
  units: z.int().min(1).max(mostUnits).exactOptional(),
  value: z.int().min(1).max(highestValueDong).exactOptional(),
  case: z.record(identifier, identifier).exactOptional(),
};

const dossierParticulars = {
  procedureCode,
  agencyCode: identifier,
  channel,
  applicant: z.strictObject({
    name: personName,
    phone: z
      .string()
      .regex(/^\+?[0-9 .]{6,20}$/)
      .exactOptional(),
    email: z.string().refine(isEmail, 'not an address such as an@example.vn').exactOptional(),
  }),
  processingStartedAt: instantText.exactOptional(),
};

export const obligationBody = z.strictObject({
  dossier: z.strictObject({ code: line(64), ...dossierParticulars }),
  fees: z
    .array(z.strictObject({ feeId: identifier, ...feeInputs }))
    .min(1)
    .max(20)
    .exactOptional(),
  preference: z.strictObject({ code: identifier, evidence: line(200) }).exactOptional(),
  counterId: identifier.exactOptional(),
});

export const cancelBody = z.strictObject({
  reason: line(500, 3),
  refund: z.boolean().default(false).meta({ description: 'Also what was paid already: a refund of it is asked for.' }),
});

/** As the notice stands. Nothing of it is computed here. */
export const taxNoticeBody = z
  .strictObject({
    number: line(64, 3),
    issuer: line(200, 3),
    issuedOn: dayText,
    taxpayer: z.strictObject({ name: personName }),
    chapter: z.string().regex(chapterPattern, 'not a chapter such as 757'),
    subItem: z.string().regex(subItemPattern, 'not a sub-item such as 2801'),
    amount: z.int().min(1).max(highestValueDong),
    dueOn: dayText,
    treasuryAccount: z.strictObject({
      bankBin: z.string().refine((bin) => bankOfBin(bin) !== undefined, 'not the number of a bank (BIN)'),
      accountNumber: z.string().regex(accountNumberPattern, '1 to 19 letters and digits'),
      accountName: personName,
    }),
    revenueBody: line(64).exactOptional(),
    treasuryCode: line(16).exactOptional(),
    replaces: line(64, 3).exactOptional(),
    counterId: identifier.exactOptional(),
    dossier: z.strictObject(dossierParticulars).exactOptional().meta({
      description: 'Needed where no obligation was issued for the dossier before.',
    }),
  })
  .refine(({ issuedOn, dueOn }) => issuedOn <= dueOn, { error: 'lies before issuedOn', path: ['dueOn'] });

export const paymentRequestBody = z.strictObject({
  method: z.enum(['vietqr', 'stripe', 'payos', 'vnpay']),
  counterId: identifier.exactOptional(),
  returnUrl: z.url().max(500).exactOptional(),
});

/** Two who decide at once, or one who sends twice, are told apart by it. */
const decisionsSeen = z.int().min(0).exactOptional().meta({
  description: 'How many `resolutions` of the transaction the caller has seen: with others by now nothing is decided.',
});

export const resolveBody = z
  .strictObject({
    action: z.enum(resolutionActions),
    obligationId: identifier.exactOptional(),
    amount: z.int().min(1).exactOptional(),
    reason: line(500, 3),
    decisionsSeen,
  })
  .refine(({ action, obligationId }) => (action === 'allocate') === (obligationId !== undefined), {
    error: 'is given to allocate, and only then',
    path: ['obligationId'],
  });

export const undoBody = z.strictObject({ reason: line(500, 3), decisionsSeen });

export const basketBody = z.strictObject({ obligationIds: z.array(identifier).min(2).max(20) });

/** Nothing is needed beside the address. */
export const emptyBody = z.strictObject({});

export const cashBody = z.strictObject({ amount: z.int().min(1).max(highestCashDong), counterId: identifier });

export const syncFlagBody = z.strictObject({
  paidOnlineFlag: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  at: instantText,
});

const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: identifier.exactOptional() };

export const obligationsQuery = z.strictObject({
  dossier: line(64).exactOptional(),
  reference: line(40).exactOptional(),
  status: z.enum(obligationStatuses).exactOptional(),
  agency: identifier.exactOptional(),
  from: dayText.exactOptional(),
  to: dayText.exactOptional(),
  ...page,
});

export const transactionsQuery = z.strictObject({
  state: z.enum(['applied', 'unapplied', 'resolved']).exactOptional(),
  account: identifier.exactOptional(),
  from: dayText.exactOptional(),
  to: dayText.exactOptional(),
  q: line(100).exactOptional(),
  ...page,
});

export const proceduresQuery = z.strictObject({ sector: identifier.exactOptional(), q: line(100).exactOptional(), ...page });

export const feesQuery = z.strictObject({ procedure: procedureCode, agency: identifier.exactOptional(), on: dayText.exactOptional() });

/** `case.khu_vuc=phuong` stands beside the named ones. */
export const estimateQuery = z
  .object({
    feeId: identifier,
    agency: identifier.exactOptional(),
    quantity: z.coerce.number().int().min(1).max(mostUnits).exactOptional(),
    units: z.coerce.number().int().min(1).max(mostUnits).exactOptional(),
    value: z.coerce.number().int().min(1).max(highestValueDong).exactOptional(),
    channel: channel.default('counter'),
    on: dayText.exactOptional(),
    preference: identifier.exactOptional(),
  })
  .catchall(identifier);

const ratioFields = {
  from: dayText,
  to: dayText,
  by: z.enum(['sector', 'agency', 'procedure', 'month']).default('sector'),
  agency: identifier.exactOptional(),
  sector: identifier.exactOptional(),
  asOf: instantText.exactOptional(),
};

const inOrder = { error: 'lies before from', path: ['to'] };
const isInOrder = ({ from, to }: { from: string; to: string }): boolean => from <= to;

export const ratiosQuery = z.strictObject(ratioFields).refine(isInOrder, inOrder);

export const satisfactionQuery = z.strictObject({ from: dayText, to: dayText }).refine(isInOrder, inOrder);

export const membersQuery = z
  .strictObject({
    ...ratioFields,
    key: identifier.default('total'),
    part: z.enum(['online', 'cashless', 'denominator']),
    ...page,
  })
  .refine(isInOrder, inOrder);

export const eventsQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: page.limit });
export const agenciesQuery = z.strictObject({ ...page });
export const noQuery = z.strictObject({});
