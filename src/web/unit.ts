// The unit of the officer who looks, for the bar above every screen.
import type { OfficerVisit } from './screen';

export async function unitOf({ ctx, actor }: OfficerVisit): Promise<string> {
  const agencies = await ctx.store.tables.agencies.list();
  return agencies.find((agency) => agency.code === actor.agencyCode)?.name ?? actor.agencyCode;
}
