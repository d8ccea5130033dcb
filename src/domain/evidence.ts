// Evidence of a preference: on a screen only its number stands, because the words may say that somebody is poor, disabled or ill.

const hidden = '•••';

/** The numbers in what was written, such as `12/2026`, and not one letter of it; dots where there is none. */
export const shownEvidence = (evidence: string): string => evidence.match(/\d+(?:[/.-]\d+)*/g)?.join(' ') ?? hidden;
