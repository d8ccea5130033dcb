// The demo office in a database of each kind, seeded once for the whole run; every test service begins with a copy.
import { seedDemoOffice } from '../../prisma/seed';
import { demoConfig } from '../../src/config';
import { instantOf } from '../../src/domain/time';
import { openLog } from '../../src/log';
import { assemble } from '../../src/serve';
import { databases, freshDatabase, type DatabaseKind, type FreshDatabase } from './database';
import { sharedCertificate } from './certificate';

/** Before any time at which a test plays. */
const seededAt = instantOf(Date.UTC(2026, 0, 1));

async function seededOffice(kind: DatabaseKind): Promise<FreshDatabase> {
  const database = await freshDatabase(kind);
  const config = demoConfig({ PORT: '0', DATABASE_URL: database.url });
  const service = await assemble(config, openLog('silent'), { makeDemoCertificate: sharedCertificate, now: () => seededAt });
  await seedDemoOffice(service.ctx);
  await service.stop();
  return database;
}

/** Tells the tests where they are; returns how to remove them. Where one cannot be had, the tests that ask for it fail, and say why. */
export async function prepareOffices(): Promise<() => void> {
  const made = await Promise.allSettled(databases.map(seededOffice));
  const [sqlite, postgres] = made;
  if (sqlite?.status === 'fulfilled') process.env['TEST_SQLITE_OFFICE'] = sqlite.value.url.slice('file:'.length);
  if (postgres?.status === 'fulfilled') process.env['TEST_POSTGRES_OFFICE'] = new URL(postgres.value.url).pathname.slice(1);
  const [failed] = made.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  if (failed !== undefined) process.env['TEST_OFFICE_ERROR'] = failed;
  return () => {
    if (sqlite?.status === 'fulfilled') sqlite.value.remove();
  };
}
