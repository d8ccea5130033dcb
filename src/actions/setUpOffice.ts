// Sets up an empty installation: a one-time link, behind which the first agency, account, administrator and API key are made.
import type { Context } from '../context';
import type { Account, Agency } from '../domain/agency';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import type { ScheduleRow } from '../domain/procedure';
import { publishFees } from './publishFees';
import { demoCertificate } from './demoCertificate';
import { hashNewPassword, tokenOf } from './signIn';

const setting = 'setup_token_hash';
const used = 'used';

export interface FirstOffice {
  agency: Pick<Agency, 'code' | 'name' | 'kind' | 'localityCode' | 'dynamicQrFlag'>;
  counterName: string;
  account: Pick<Account, 'bankBin' | 'accountNumber' | 'accountName'>;
  /** A provider that tells of this account, and the secret by which it signs. */
  provider?: { name: string; secret: string };
  /** By which its receipts name who collects; without it they wait until it is set. */
  taxCode?: string;
  administrator: { login: string; name: string; password: string };
}

/** A fresh link's token while nobody has been set up; undefined afterwards. Earlier links die. */
export async function openSetup(ctx: Context): Promise<string | undefined> {
  const token = tokenOf(ctx);
  return ctx.store.transact(async (tables) => {
    if ((await tables.officers.count()) > 0 || (await tables.settings.find(setting)) === used) return undefined;
    await tables.settings.save(setting, ctx.seal.hash(token));
    return token;
  });
}

export const isSetupToken = async (ctx: Context, token: string): Promise<boolean> =>
  (await ctx.store.tables.settings.find(setting)) === ctx.seal.hash(token);

/** Makes everything at once and closes the link. Returns the API key, which is shown once. Throws setup_closed, password_too_short. */
export async function setUpOffice(
  ctx: Context,
  token: string,
  office: FirstOffice,
  schedule: readonly ScheduleRow[],
): Promise<{ apiKey: string }> {
  if (!(await isSetupToken(ctx, token))) throw new Problem('setup_closed');
  const at = ctx.now();
  const validFrom = dayOf(at);
  const apiKey = tokenOf(ctx);
  const passwordHash = await hashNewPassword(ctx, office.administrator.password);
  await publishFees(ctx, schedule);
  const collector = office.taxCode ? { agencyCode: office.agency.code, name: office.agency.name, taxCode: office.taxCode } : undefined;
  const certificate = collector && (await demoCertificate(ctx, collector, 'setup'));
  await ctx.store.transact(async (tables) => {
    if ((await tables.settings.find(setting)) !== ctx.seal.hash(token)) throw new Problem('setup_closed');
    await tables.settings.save(setting, used);
    const { agency, account, administrator } = office;
    await tables.agencies.save({ ...agency, validFrom });
    const counterId = ctx.id('counter');
    await tables.agencies.saveCounter({ id: counterId, agencyCode: agency.code, name: office.counterName, displayToken: tokenOf(ctx) });
    const accountId = ctx.id('account');
    await tables.accounts.save({ ...account, id: accountId, agencyCode: agency.code, purpose: 'collection', validFrom });
    if (collector && certificate) {
      await tables.collectors.save(collector, at, 'setup');
      await tables.collectors.keepCertificate(certificate);
    }
    if (office.provider) {
      const ciphertext = ctx.seal.close(office.provider.secret);
      await tables.accounts.keepSecret({ id: ctx.id('secret'), accountId, provider: office.provider.name, ciphertext }, at);
    }
    const { login, name } = administrator;
    await tables.officers.save({
      id: ctx.id('officer'),
      login,
      name,
      role: 'administrator',
      agencyCode: agency.code,
      counterId,
      passwordHash,
    });
    await tables.officers.keepApiKey(ctx.seal.hash(apiKey), 'first', undefined, at);
  });
  return { apiKey };
}
