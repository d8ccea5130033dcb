// Counter offices as processes: hired, opened on a database, asked, killed by their own process id; none is left behind.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Answered, Asked, Manner } from './counterOffice';

type Ask = Asked extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

/** A process that loads the service meanwhile and waits to be told which database to open. */
export interface HiredOffice {
  /** Returns the port on which it listens. */
  open(url: string, manner?: Manner): Promise<number>;
  ask(asked: Ask): Promise<number>;
  /** As a power switch does: at once, in the middle of anything. */
  kill(): Promise<void>;
  /** As an operator does: SIGTERM, and wait. Returns how it ended. */
  leave(): Promise<{ code: number | null; signal: string | null; tookMs: number }>;
}

const living = new Set<ChildProcess>();
let lastId = 0;

/** Hiring takes a second: hire the next one while the one before is at work. */
export function hireOffice(): HiredOffice {
  const child = fork(join(__dirname, 'counterOffice.ts'), [], { execArgv: ['--expose-gc', '--import', 'tsx'] });
  living.add(child);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      living.delete(child);
      resolve({ code, signal });
    });
  });
  const ask = (asked: Ask) => answerOf(child, ended, asked);
  return {
    ask,
    open: (url, manner = 'careful') => ask({ ask: 'open', url, manner }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    leave: async () => {
      const asked = performance.now();
      child.kill('SIGTERM');
      return { ...(await ended), tookMs: performance.now() - asked };
    },
  };
}

/** For afterEach and afterAll: whatever a failed test has left. */
export async function endAllOffices(): Promise<void> {
  const ends = [...living].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  living.forEach((child) => child.kill('SIGKILL'));
  await Promise.all(ends);
}

function answerOf(child: ChildProcess, ended: Promise<{ code: number | null; signal: string | null }>, asked: Ask): Promise<number> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const hear = (answered: Answered): void => {
      if (answered.id !== id) return;
      child.off('message', hear);
      if ('value' in answered) resolve(answered.value);
      else reject(new Error(answered.problem));
    };
    child.on('message', hear);
    void ended.then(({ code, signal }) => reject(new Error(`the office ended (${code ?? signal}) before it had answered ${asked.ask}`)));
    child.send({ id, ...asked }, (error) => error && reject(error));
  });
}
