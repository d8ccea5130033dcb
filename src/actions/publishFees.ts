// Publishes the fee schedule that the service brings along: sectors, procedures, and the first version of each fee, which then never changes.
import type { Context } from '../context';
import type { ScheduleRow } from '../domain/procedure';

/** All rows in one commit. */
export async function publishFees(ctx: Context, rows: readonly ScheduleRow[]): Promise<void> {
  const at = ctx.now();
  await ctx.store.transact(async (tables) => {
    for (const [code, name] of new Map(rows.map((row) => [row.fee.sectorCode, row.sectorName]))) {
      await tables.agencies.saveSector({ code, name });
    }
    for (const { fee, procedureName } of new Map(rows.map((row) => [row.fee.procedureCode, row])).values()) {
      await tables.procedures.save({ code: fee.procedureCode, name: procedureName, sectorCode: fee.sectorCode });
    }
    for (const { fee } of rows) await tables.procedures.keepFee(fee, at);
  });
}
