// Dossiers: a citizen's case at the one-stop office; its code comes from outside, in the shapes that portals issue.
import type { PaidOnlineFlag } from './agency';
import type { Channel } from './fee';
import { parseDay, type Day, type Instant } from './time';

/** A citizen's case at the one-stop office. */
export interface Dossier {
  id: string;
  code: string;
  normalForm: string;
  procedureCode: string;
  sectorCode: string;
  agencyCode: string;
  channel: Channel;
  applicantName: string;
  applicantPhone?: string;
  /** Where letters about it go. */
  applicantEmail?: string;
  processingStartedAt?: Instant;
  createdAt: Instant;
}

/** What the national portal acknowledged for a dossier at a time. */
export interface SyncFlag {
  id: string;
  dossierId: string;
  flag: PaidOnlineFlag;
  at: Instant;
  keptAt: Instant;
  keptBy: string;
}

export type DossierCode = {
  ok: true;
  /** As issued: trimmed, NFC, upper case, separators kept. */
  code: string;
  /** Without separators: compare on this. */
  normalForm: string;
  /** The id of the province (H26) or ministry (G22) in the code. */
  province: string;
  /** The day of reception, in Vietnam. */
  day: Day;
  /** The number of the day, with its leading zeros. */
  sequence: string;
};

export type NoDossierCode = { ok: false; why: 'shape' | 'date' | 'province' };

/**
 * `000.00.01.H29-240115-0001` (Circular 01/2018/TT-VPCP, article 19), `G22.99-251225-020175` (national portal) and
 * `H44.124-251225-0001` (units of two segments).
 */
const pattern = /^(?:[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.)?([GH]\d{2})(?:\.\d{2,3})?-(\d{2})(\d{2})(\d{2})-(\d{4,6})$/;

/** H01–H63 are the provinces of before 1 July 2025: the 34 of today kept an old id, the ids of merged ones live on in old dossiers. */
const lastProvince = 63;

/** A dossier code from untrusted text, or why it is none. */
export function parseDossierCode(text: string): DossierCode | NoDossierCode {
  const code = written(text);
  const [, province, year, month, date, sequence] = pattern.exec(code) ?? [];
  if (!province || !sequence) return { ok: false, why: 'shape' };
  if (!isKnown(province)) return { ok: false, why: 'province' };
  const day = parseDay(`20${year}-${month}-${date}`);
  if (!day) return { ok: false, why: 'date' };
  return { ok: true, code, normalForm: code.replace(/[.-]/g, ''), province, day, sequence };
}

/** Some keyboards and scanners send full-width letters, digits and marks: each stands at a fixed distance from its plain one. */
function written(text: string): string {
  const plain = text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return plain.trim().normalize('NFC').toUpperCase();
}

function isKnown(province: string): boolean {
  const number = Number(province.slice(1));
  return number >= 1 && (province.startsWith('G') || number <= lastProvince);
}
