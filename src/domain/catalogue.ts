// Catalogues sent to be compared with our schedule: how far the comparison is, and each thing in which they do not agree.
import type { BadCatalogueRow, CatalogueRow } from './catalogueRow';
import { tableFaults } from './rawRow';
import type { Day, Instant } from './time';

export const catalogueFormats = ['csv', 'json'] as const;
export type CatalogueFormat = (typeof catalogueFormats)[number];

/** Why a catalogue is refused; `broken`: comparing it failed again and again. */
export const catalogueProblems = [...tableFaults, 'broken'] as const;

/** `arriving`: its bytes are being kept; `waiting`: kept and being compared; `refused`: it is no catalogue as a whole. */
export type CatalogueState = 'arriving' | 'waiting' | 'done' | 'refused';

export interface CatalogueImport {
  id: string;
  name: string;
  format: CatalogueFormat;
  /** The province whose fees it is compared with, beside the national ones. */
  localityCode: string;
  comparedOn: Day;
  sha256: string;
  byteCount: number;
  partCount: number;
  keptBy: string;
  keptAt: Instant;
  state: CatalogueState;
  bytesRead: number;
  rowsRead: number;
  rowsAlike: number;
  differenceCount: number;
  /** Why it is refused. */
  problem?: string;
  endedAt?: Instant;
}

export const differenceKinds = [
  'missing_here',
  'missing_there',
  'amount_differs',
  'legal_basis_differs',
  'note_expired',
  'note_differs',
  'unit_error',
  'currency_not_vnd',
  'false_free',
  'contradicts',
  'ambiguous',
  'bad_row',
  'decomposed_unicode',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What makes a row untrustworthy: no amount of it may ever be charged, and nothing is drafted from it. */
const flags: readonly DifferenceKind[] = [
  'note_expired',
  'note_differs',
  'unit_error',
  'currency_not_vnd',
  'false_free',
  'contradicts',
  'ambiguous',
  'bad_row',
];

export const isFlag = (kind: DifferenceKind): boolean => flags.includes(kind);

/** What we have for a row, on the day of the comparison. */
export interface OursThere {
  readonly feeId: string;
  readonly name: string;
  /** Every amount that the rule and its automatic preferences print, in đồng. */
  readonly amounts: readonly number[];
  readonly legalBasis: readonly string[];
}

export interface Difference {
  readonly kind: DifferenceKind;
  readonly procedureCode: string;
  /** The catalogue's row; absent where only we have the fee. */
  readonly row?: CatalogueRow | BadCatalogueRow;
  readonly here?: OursThere;
  /** Everything that is odd about the row, this among them. */
  readonly kinds: readonly DifferenceKind[];
  /** A value that explains it: the currency, the last day of a note, the other number, the line that it contradicts. */
  readonly detail?: string;
}

/** A difference as it was kept; `position` counts them within the import. */
export type KeptDifference = Difference & { readonly position: number };
