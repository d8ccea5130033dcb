// Procedures: one administrative procedure (thủ tục hành chính) of a sector, and the rows by which a schedule is published.
import type { Fee } from './fee';

export interface Procedure {
  code: string;
  name: string;
  sectorCode: string;
}

/** One row of the legal schedule, with the names that it brings along. */
export interface ScheduleRow {
  fee: Fee;
  procedureName: string;
  sectorName: string;
}
