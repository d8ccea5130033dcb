// Evidence of a preference: on a screen only its number stands, because the words may say that somebody is poor, disabled or ill.

const hidden = '•••';

/** The parts of what was written that have a digit: the number and mark of a paper; dots where there is none. */
export function shownEvidence(evidence: string): string {
  const numbers = evidence.split(/\s+/).filter((part) => /\d/.test(part));
  return numbers.length === 0 ? hidden : numbers.join(' ');
}
