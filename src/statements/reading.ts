// Reading beside the service: hands the bytes of a file to a thread of its own, and takes what it finds as fast as that can be kept.
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DraftLine, RejectedLine, Survey } from '../domain/statement';
import { StatementRefused, type StatementLayout } from './reader';
import { linesFrom, surveyFrom, type FromThread, type ReadingOrder, type ToThread } from './threadMessages';

/** Files that are read at the same time; others wait for their turn. */
const mostThreads = 2;
/** A file that needs more breaks its reader, not the service. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/** The bytes of a file from its beginning, in pieces. */
export type FileBytes = () => AsyncIterable<Uint8Array>;

export interface ReadingGiven {
  accountId: string;
  layouts: readonly StatementLayout[];
}

/** Lines that were found, and how many bytes it took. */
export interface FoundLines {
  lines: DraftLine[];
  rejected: readonly RejectedLine[];
  bytesRead: number;
}

export interface StatementReading {
  /** Looks a file through; nothing is kept. `heard` is told how far it is. Throws StatementRefused, or ReadingBroke. */
  survey(bytes: FileBytes, given: ReadingGiven, heard: (bytesRead: number) => Promise<void>): Promise<Survey>;
  /** Gives its lines in their order. Throws the same. */
  lines(bytes: FileBytes, given: ReadingGiven): AsyncGenerator<FoundLines>;
  close(): Promise<void>;
}

/** The thread died or failed: no fault that the file was found to have, so it may be tried again. */
export class ReadingBroke extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ReadingBroke';
  }
}

export function openStatementReading(): StatementReading {
  const threads = threadsAtHand();
  async function* read(order: ReadingOrder, bytes: FileBytes): AsyncGenerator<FromThread> {
    const thread = await threads.take();
    const pieces = bytes()[Symbol.asyncIterator]();
    const talk = talkWith(thread, pieces);
    let isDone = false;
    try {
      talk.say(order);
      for (;;) {
        const message = await talk.next();
        if (message.kind === 'broke') throw new ReadingBroke(message.message);
        isDone = message.kind === 'end' || message.kind === 'refused';
        yield message;
        if (isDone) return;
        talk.say({ kind: 'more' });
      }
    } finally {
      talk.end();
      threads.giveBack(thread, isDone);
      await pieces.return?.();
    }
  }
  return {
    async survey(bytes, given, heard) {
      for await (const message of read({ kind: 'read', what: 'survey', ...given }, bytes)) {
        if (message.kind === 'heard') await heard(message.bytesRead);
        if (message.kind === 'refused') throw refusalIn(message);
        if (message.kind === 'end') return surveyFrom(message.survey);
      }
      throw new ReadingBroke('the reading ended without an end');
    },
    async *lines(bytes, given) {
      for await (const message of read({ kind: 'read', what: 'lines', ...given }, bytes)) {
        if (message.kind === 'lines') yield { lines: linesFrom(message.flat), rejected: message.rejected, bytesRead: message.bytesRead };
        if (message.kind === 'refused') throw refusalIn(message);
      }
    },
    close: () => threads.close(),
  };
}

const refusalIn = ({ reason, detail, sample }: FromThread & { kind: 'refused' }) => new StatementRefused(reason, detail, sample);

/** A copy: what lies in the store's memory must not move into the thread. */
async function nextOf(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await pieces.next();
  return done ? undefined : new Uint8Array(value);
}

/**
 * What a thread says, one after the other; its death is heard by whoever waits. The bytes that it wants it gets at once: it reads on while
 * what it found is kept.
 */
function talkWith(thread: Worker, pieces: AsyncIterator<Uint8Array>) {
  const said: FromThread[] = [];
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const lose = (error: Error): void => {
    failure ??= error;
    wake?.();
  };
  const say = (message: ToThread): void => thread.postMessage(message);
  const hear = (message: FromThread): void => {
    if (message.kind === 'want') return void nextOf(pieces).then((bytes) => say({ kind: 'bytes', bytes }), lose);
    said.push(message);
    wake?.();
  };
  const fail = (error: unknown): void =>
    lose(new ReadingBroke(error instanceof Error ? error.message : `the reading thread ended with ${String(error)}`));
  thread.on('message', hear).on('error', fail).on('exit', fail);
  return {
    say,
    async next(): Promise<FromThread> {
      for (;;) {
        const message = said.shift();
        if (message) return message;
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    end: () => void thread.off('message', hear).off('error', fail).off('exit', fail),
  };
}

/** Threads that wait for work are kept, and keep nothing alive; one that broke off is ended. */
function threadsAtHand() {
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  const waiting: (() => void)[] = [];
  const extension = extname(__filename);
  const file = join(__dirname, `thread${extension}`);
  /** Before it is compiled, a thread has to be told how TypeScript is read. */
  const fromSource = (): string => ['tsx/cjs', file].map((name) => `require(${JSON.stringify(require.resolve(name))});`).join(' ');
  const start = (): Worker => {
    const thread = new Worker(extension === '.ts' ? fromSource() : file, { eval: extension === '.ts', execArgv: [], resourceLimits });
    thread.unref();
    thread.on('error', () => undefined); // heard by whoever waits for it; unheard, it would end the process
    thread.on('exit', () => void (idle.includes(thread) && idle.splice(idle.indexOf(thread), 1)));
    return thread;
  };
  return {
    async take(): Promise<Worker> {
      while (busy.size >= mostThreads) await new Promise<void>((resolve) => waiting.push(resolve));
      const thread = idle.pop() ?? start();
      thread.ref();
      busy.add(thread);
      return thread;
    },
    giveBack(thread: Worker, isSound: boolean): void {
      busy.delete(thread);
      thread.unref();
      if (isSound) idle.push(thread);
      else void thread.terminate();
      waiting.shift()?.();
    },
    close: async (): Promise<void> => void (await Promise.all([...idle, ...busy].map((thread) => thread.terminate()))),
  };
}
