// Reads the fee schedule from its JSON file: every row typed and checked, or the file is refused with the row and the place.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exemption, Fee, Regime } from '../src/domain/fee';
import { feeRow, type FileExemption, type FileRegime, type FileRow } from './feeScheduleSchema';

/** One row of the file: the fee, and the words around it that the demo office needs. */
export type FeeScheduleRow = {
  readonly fee: Fee;
  readonly procedureName: string;
  readonly sectorName: string;
  /** Who serves the procedure: commune (xa), province (tinh), ministry (bo), another office (khac). */
  readonly agencyLevels: readonly string[];
  /** How we know the row: seen, secondary, inferred or memory. */
  readonly evidence: string;
  readonly source: string;
  readonly note?: string;
};

/** The file beside this one, also when this one has been compiled into `dist/`. */
const ownPath = [join(__dirname, 'data', 'fee-schedule.json'), join(__dirname, '..', '..', 'prisma', 'data', 'fee-schedule.json')];

/**
 * All rows of the schedule, in the order of the file, text in Unicode NFC, money as whole đồng.
 * Throws an Error that names the file, the row's id and the path of the field for anything that is not exactly a row.
 */
export function readFeeSchedule(path = ownPath.find(existsSync) ?? 'prisma/data/fee-schedule.json'): FeeScheduleRow[] {
  const rows: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(rows)) throw new Error(`${path}: not a list of rows`);
  const read = rows.map((row: unknown, place) => rowOf(row, `${path}: row ${idOf(row) ?? `number ${place + 1}`}`));
  const twice = read.find((row, place) => read.findIndex((other) => other.fee.id === row.fee.id) !== place);
  if (twice) throw new Error(`${path}: row ${twice.fee.id}: id: appears twice`);
  return read;
}

function rowOf(row: unknown, where: string): FeeScheduleRow {
  const read = feeRow.safeParse(row);
  if (read.success) return fromFile(read.data);
  const wrong = read.error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`);
  throw new Error(`${where}: ${wrong.join('; ')}`);
}

function idOf(row: unknown): string | undefined {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : undefined;
}

function fromFile(row: FileRow): FeeScheduleRow {
  const { procedureName_vi: procedureName, sectorName_vi: sectorName, agencyLevel: agencyLevels, evidence, source, note } = row;
  return { fee: feeOf(row), procedureName, sectorName, agencyLevels, evidence, source, ...(note !== null && { note }) };
}

function feeOf(row: FileRow): Fee {
  return {
    id: row.id,
    procedureCode: row.procedureCode,
    sectorCode: row.sectorCode,
    name: row.feeName_vi,
    kind: row.feeKind,
    localityCode: row.localityCode,
    collectWhen: row.collectWhen,
    rule: row.rule,
    generalReductions: row.generalReductions.map(regimeOf),
    onlineDiscount: row.onlineDiscount.map(regimeOf),
    exemptions: row.exemptions.map(exemptionOf),
    legalBasis: row.legalBasis.map(withoutRemarks),
    ...(row.effectiveFrom !== null && { validFrom: row.effectiveFrom }),
    ...(row.effectiveTo !== null && { validTo: row.effectiveTo }),
    confidence: row.confidence,
    ...(row.budgetSubItem !== undefined && { budgetSubItem: row.budgetSubItem }),
    ...(row.retentionPercent !== undefined && { retentionPercent: row.retentionPercent }),
  };
}

/** How we know of a regime (`evidence` in the file) is left out: on a line, evidence is what the payer showed. */
function regimeOf(row: FileRegime): Regime {
  const { regimeId, kind, value, channels, locality, effectiveFrom, effectiveTo, legalBasis, conditions, confidence } = row;
  return { regimeId, kind, value, channels, locality, effectiveFrom, effectiveTo, legalBasis, conditions, confidence };
}

function exemptionOf({ code, label_vi: label, effect, percent, legalBasis, condition }: FileExemption): Exemption {
  return { code, label, effect, percent, legalBasis, condition };
}

/** The file marks what its authors could not check; a citizen is shown the text of law alone, and `confidence` keeps the doubt. */
const withoutRemarks = (legalBasis: string): string =>
  legalBasis
    .replace(/\s*\([^()]*theo trí nhớ[^()]*\)/g, '')
    .replace(/\s*–\s*cần đối chiếu[^()]*/g, '')
    .trim();
