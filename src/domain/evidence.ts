// Evidence of a preference: its number alone is taken and shown, because words may say that somebody is poor, disabled or ill.

const hidden = '•••';

/** The numbers in what was written, such as `12/2026`, and not one letter of it; dots where there is none. */
export const shownEvidence = (evidence: string): string => evidence.match(/\d+(?:[/.-]\d+)*/g)?.join(' ') ?? hidden;

const longestReference = 40;

/** Whether it is the number of a paper (`12/2026`, `0012-3.4`) and has no word in it. */
export const isEvidenceReference = (text: string): boolean =>
  /^[\d\s/.-]+$/.test(text) && /\d/.test(text) && text.trim().length <= longestReference;
