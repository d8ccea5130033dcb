// Letters in tests: a notifier that keeps what it is given and can be in trouble, and what a letter says.
import type { LetterAnswer, Notifier, OutgoingLetter } from '../../src/outbound/outbound';

export interface MemoryNotifier {
  notifier: Notifier;
  letters: OutgoingLetter[];
  /** What is answered to the next letters. */
  answer: LetterAnswer;
}

export function memoryNotifier(): MemoryNotifier {
  const memory: MemoryNotifier = {
    letters: [],
    answer: { kind: 'accepted' },
    notifier: {
      send: async (letter) => {
        if (memory.answer.kind === 'accepted') memory.letters.push(letter);
        return memory.answer;
      },
    },
  };
  return memory;
}

/** The one-time code in a letter. */
export const codeIn = (letter: Pick<OutgoingLetter, 'text'> | undefined): string => /: (\d{6})\./.exec(letter?.text ?? '')?.[1] ?? '';
