// The agenda: what will happen, by time, taken in waves of things that do not touch each other and therefore may happen at once.

/** What is done to the service by `run`, and what the simulator then expects, which it notes by `settle` once the whole wave is over. */
export interface Happening {
  atMs: number;
  /** Whatever shares a key happens one after the other, in the order of time. */
  keys: readonly string[];
  /** Touches everything: happens with nothing beside it. */
  alone?: boolean;
  run(): Promise<Settle>;
}

export type Settle = () => void | Promise<void>;

interface Entry {
  order: number;
  happening: Happening;
}

export class Agenda {
  readonly #heap: Entry[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  add(happening: Happening): void {
    this.#push({ order: this.#count++, happening });
  }

  /** The next things, at most `most`, no further than `spanMs` apart. What shares a key with an earlier one waits, and holds back its own. */
  nextWave(most: number, spanMs: number): Happening[] {
    const wave: Happening[] = [];
    const deferred: Entry[] = [];
    const taken = new Set<string>();
    while (wave.length < most && deferred.length < most) {
      const entry = this.#heap[0];
      const first = wave[0] ?? entry?.happening;
      if (!entry || !first || entry.happening.atMs > first.atMs + spanMs) break;
      const { happening } = entry;
      if (happening.alone && (wave.length > 0 || deferred.length > 0)) break;
      this.#pop();
      if (happening.keys.some((key) => taken.has(key))) deferred.push(entry);
      else wave.push(happening);
      happening.keys.forEach((key) => taken.add(key));
      if (happening.alone) break;
    }
    deferred.forEach((entry) => this.#push(entry));
    return wave;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!comesBefore(entry, heap[parent])) break;
      heap[place] = heap[parent] ?? entry;
      place = parent;
    }
    heap[place] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const child = comesBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      const next = heap[child];
      if (next === undefined || !comesBefore(next, last)) break;
      heap[place] = next;
      place = child;
    }
    heap[place] = last;
  }
}

function comesBefore(one: Entry | undefined, other: Entry | undefined): boolean {
  if (!one) return false;
  if (!other) return true;
  return one.happening.atMs === other.happening.atMs ? one.order < other.order : one.happening.atMs < other.happening.atMs;
}
