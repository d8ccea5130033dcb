// The reading thread: reads one file after another beside the service, so that whatever a file does to its reader costs nobody else.
import { parentPort, type MessagePort } from 'node:worker_threads';
import { readStatement } from '.';
import type { Survey } from '../domain/statement';
import { vnd } from '../domain/money';
import type { Day } from '../domain/time';
import { flatLines, type FromThread, type ReadingOrder, type ToThread } from './threadMessages';
import { StatementRefused, type StatementBatch, type StatementEnd } from './reader';

/** In one message: more take the service too long at once. */
const linesInMessage = 500;
/** So many messages may lie at the service's door. */
const mostAhead = 3;

if (parentPort) serve(parentPort);

/** Reads what it is told to, until its port is closed. */
function serve(port: MessagePort): void {
  let give: ((bytes: Uint8Array | undefined) => void) | undefined;
  let goOn: (() => void) | undefined;
  let ahead = 0;
  const say = (message: FromThread): void => port.postMessage(message);

  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const asked = new Promise<Uint8Array | undefined>((resolve) => (give = resolve));
      say({ kind: 'want' });
      const piece = await asked;
      if (!piece) return;
      yield piece;
    }
  }

  async function tell(message: FromThread): Promise<void> {
    while (ahead >= mostAhead) await new Promise<void>((resolve) => (goOn = resolve));
    ahead++;
    say(message);
  }

  async function read({ what, accountId, layouts }: ReadingOrder): Promise<void> {
    const survey = surveyOfNothing();
    const batches = readStatement(bytes(), layouts);
    ahead = 0;
    for (;;) {
      const next = await batches.next();
      if (next.done) return say({ kind: 'end', survey: surveyed(survey, next.value) });
      addTo(survey, next.value);
      if (what === 'survey') await tell({ kind: 'heard', bytesRead: next.value.bytesRead });
      else for (const message of messagesOf(accountId, next.value)) await tell(message);
    }
  }

  port.on('message', (message: ToThread) => {
    if (message.kind === 'bytes') give?.(message.bytes);
    else if (message.kind === 'more') {
      ahead--;
      goOn?.();
    } else read(message).catch((error: unknown) => say(refusedBy(error)));
  });
}

/** A refusal has its reason; anything else is a fault of the reader, and is told as what it says. */
const refusedBy = (error: unknown): FromThread =>
  error instanceof StatementRefused
    ? { kind: 'refused', reason: error.reason, detail: error.detail, sample: error.sample.map((row) => [...row]) }
    : { kind: 'broke', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };

interface Sums {
  lineCount: number;
  rejectedCount: number;
  foreignCount: number;
  credits: bigint;
  debits: bigint;
  firstDay?: Day;
  lastDay?: Day;
}

const surveyOfNothing = (): Sums => ({ lineCount: 0, rejectedCount: 0, foreignCount: 0, credits: 0n, debits: 0n });

function addTo(sums: Sums, { rows, rejected }: StatementBatch): void {
  sums.lineCount += rows.length;
  sums.rejectedCount += rejected.length;
  sums.foreignCount += rejected.filter(({ why }) => why === 'currency_foreign').length;
  for (const { direction, amount, day } of rows) {
    if (direction === 'in') sums.credits += amount.dong;
    else sums.debits += amount.dong;
    if (sums.firstDay === undefined || day < sums.firstDay) sums.firstDay = day;
    if (sums.lastDay === undefined || day > sums.lastDay) sums.lastDay = day;
  }
}

function surveyed({ credits, debits, ...rest }: Sums, { layout, totals }: StatementEnd): Survey {
  return { ...rest, layout, totals, credits: sound(credits), debits: sound(debits) };
}

/** More than any account can turn over is no statement. */
function sound(dong: bigint) {
  try {
    return vnd(dong);
  } catch {
    throw new StatementRefused('damaged', 'sum');
  }
}

function* messagesOf(accountId: string, { rows, rejected, bytesRead }: StatementBatch): Generator<FromThread> {
  for (let from = 0; from === 0 || from < rows.length; from += linesInMessage) {
    const flat = flatLines(accountId, rows, from, Math.min(rows.length, from + linesInMessage));
    yield { kind: 'lines', flat, rejected: from === 0 ? [...rejected] : [], bytesRead };
  }
}
