// A table of deliveries that refuses what has `refused` in its address, as if the database met a fault of ours with those alone.
import Database from 'better-sqlite3';
import type { DatabaseKind } from './database';
import { withClient } from './postgresServer';

const texts = {
  SQLite: {
    come: `CREATE TRIGGER fault BEFORE INSERT ON delivery WHEN NEW.target LIKE '%refused%' BEGIN SELECT RAISE(ABORT, 'meant'); END`,
    go: 'DROP TRIGGER fault',
  },
  PostgreSQL: {
    come: `CREATE TRIGGER fault BEFORE INSERT ON delivery FOR EACH ROW WHEN (NEW.target LIKE '%refused%') EXECUTE FUNCTION refuse_change('meant')`,
    go: 'DROP TRIGGER fault ON delivery',
  },
};

export const refuseDeliveries = (kind: DatabaseKind, url: string): Promise<void> => execute(url, texts[kind].come);
export const takeDeliveries = (kind: DatabaseKind, url: string): Promise<void> => execute(url, texts[kind].go);

async function execute(url: string, text: string): Promise<void> {
  if (!url.startsWith('file:')) return void (await withClient(url, (client) => client.query(text)));
  const database = new Database(url.slice('file:'.length));
  database.exec(text);
  database.close();
}
