// Production: starts the service from its settings, or says which are missing. Never loads demo data.
import { demoMark } from '../prisma/seed';
import { openSetup } from './actions/setUpOffice';
import { ConfigInvalid, readConfig, type Config } from './config';
import { openLog } from './log';
import { assemble } from './serve';
import { untilSignalled } from './signals';

async function main(config: Config): Promise<void> {
  const log = openLog();
  const service = await assemble(config, log);
  if (await service.ctx.store.tables.settings.find(demoMark)) throw new ConfigInvalid(['DATABASE_URL names the database of a demo']);
  await service.start();
  log.info({ address: config.publicUrl }, 'the service is up');
  const token = await openSetup(service.ctx);
  if (token) process.stdout.write(`\nNothing is set up yet. Open this link once:\n  ${config.publicUrl}/setup/${token}\n\n`);
  await untilSignalled();
  await service.stop();
}

try {
  void main(readConfig()).catch(fail);
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof ConfigInvalid ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
