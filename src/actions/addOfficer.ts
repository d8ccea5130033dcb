// Adds a person who works with the service: by an administrator, within the agencies that the administrator sees.
import type { Context } from '../context';
import type { Actor, Role } from '../domain/role';
import { Problem } from '../problems';
import { counterInSight, demand, demandSight } from './demand';
import { hashNewPassword } from './signIn';

export interface NewOfficer {
  actor: Actor;
  login: string;
  name: string;
  role: Role;
  agencyCode: string;
  counterId?: string;
  password: string;
}

/** The id of the new officer. Throws agency_unknown, counter_unknown (also for another agency's), login_taken, password_too_short. */
export async function addOfficer(ctx: Context, { actor, password, ...officer }: NewOfficer): Promise<string> {
  demand(actor, 'administer');
  const passwordHash = await hashNewPassword(ctx, password);
  const id = ctx.id('officer');
  await ctx.store.transact(async (tables) => {
    await demandSight(tables, actor, officer.agencyCode, 'agency_unknown');
    const counter = officer.counterId === undefined ? undefined : await counterInSight(tables, actor, officer.counterId);
    if (counter && counter.agencyCode !== officer.agencyCode) throw new Problem('counter_unknown');
    if (!(await tables.officers.keep({ ...officer, id, passwordHash }))) throw new Problem('login_taken', officer.login);
  });
  return id;
}
