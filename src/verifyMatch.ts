// npm run verify-match <transaction>: derives a match again from what is stored, and says where it differs.
import { verifyMatch } from './actions/verifyMatch';
import { databaseToLookInto } from './config';
import { Problem } from './problems';
import { openStore } from './store';

async function main(id: string): Promise<number> {
  const { url, root } = databaseToLookInto();
  const store = await openStore(url, root, () => undefined);
  try {
    const { transaction, differences } = await verifyMatch(store.tables, id);
    process.stdout.write(
      `${transaction.id} · ${transaction.amount} ₫ · ${transaction.content}\n${JSON.stringify(transaction.proof, null, 2)}\n`,
    );
    process.stdout.write(
      differences.length === 0 ? 'The same decision follows, and it is what was booked.\n' : `${differences.join('\n')}\n`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

const [id] = process.argv.slice(2);
if (id === undefined) {
  process.stderr.write('Name a transaction: npm run verify-match tx_…\n');
  process.exit(2);
}
main(id).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Problem ? error.code : String(error)}\n`);
    process.exit(2);
  },
);
