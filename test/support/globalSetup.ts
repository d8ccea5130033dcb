// Before the tests: one real PostgreSQL server, the path to one real Chromium and the seeded office of each kind, for the whole run.
import { prepareCertificate } from './certificate';
import { prepareChromium } from './chromium';
import { borrowPostgres, startPostgres, type PostgresServer } from './postgresServer';
import { prepareOffices } from './seededOffice';

declare global {
  var postgresServer: PostgresServer | undefined;
  var removeOffices: (() => void) | undefined;
}

/** Where one of them cannot be had, only the tests that ask for it fail, and say why. */
export default async function globalSetup(): Promise<void> {
  process.env['NODE_ENV'] = 'test'; // whatever the shell says
  const [postgres, chromium, certificate] = await Promise.allSettled([
    serverFor(process.env['TEST_POSTGRES_URL']),
    prepareChromium(),
    prepareCertificate(),
  ]);

  if (postgres.status === 'fulfilled') {
    globalThis.postgresServer = postgres.value;
    process.env['TEST_POSTGRES_URL'] = postgres.value.url;
    process.env['TEST_POSTGRES_PREFIX'] = postgres.value.prefix;
  } else process.env['TEST_POSTGRES_ERROR'] = String(postgres.reason);

  if (certificate.status === 'fulfilled') process.env['TEST_CERTIFICATE'] = JSON.stringify(certificate.value);
  if (chromium.status === 'fulfilled') process.env['TEST_CHROMIUM'] = JSON.stringify(chromium.value);
  else process.env['TEST_CHROMIUM_ERROR'] = String(chromium.reason);

  globalThis.removeOffices = await prepareOffices();
}

const serverFor = async (url: string | undefined): Promise<PostgresServer> => (url ? borrowPostgres(url) : startPostgres());
