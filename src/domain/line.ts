// A line of text from outside: without what PostgreSQL refuses (NUL) or a screen obeys, and no longer than its place.

/** Control characters and halves of surrogate pairs. */
const unwelcome = /[\p{Cc}\p{Cs}]/gu;

/** The text on one line, cut after `most` characters: what it may not hold becomes a space. */
export const lineOf = (text: string, most = Infinity): string => text.slice(0, most).replace(unwelcome, ' ');
