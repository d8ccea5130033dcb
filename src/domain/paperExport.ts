// Papers that are written in the background: what was asked, how far they are, and for how long they can be fetched.
import type { PaperForm, PaperKind } from './paper';
import type { Instant } from './time';

export type PaperExportState = 'waiting' | 'writing' | 'done' | 'failed' | 'cancelled' | 'expired';

export interface PaperExport {
  id: string;
  paper: PaperKind;
  form: PaperForm;
  /** What it is about, as JSON. */
  question: string;
  /** Of the person who asked: whoever sees this agency sees it. */
  agencyCode: string;
  title: string;
  askedBy: string;
  askedAt: Instant;
  state: PaperExportState;
  rowsDone: number;
  /** About how many there will be. */
  rowCount: number;
  byteCount: number;
  /** When its writer was last heard of. */
  toldAt?: Instant;
  /** The code of a refusal: why it failed. */
  problem?: string;
  /** How often it was begun. */
  tries: number;
  endedAt?: Instant;
}

export const isUnwritten = ({ state }: Pick<PaperExport, 'state'>): boolean => state === 'waiting' || state === 'writing';

/** So many rows are written while the reader waits; more are written in the background. */
export const mostRowsAtOnce = 3_000;

/** One that broke off so often is given up. */
export const mostTries = 3;

/** A written paper is kept for so long; it can be written again. */
export const exportKeptDays = 30;
