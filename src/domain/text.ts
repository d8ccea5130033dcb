// Sound text: what may be kept of what people and systems write.

/** Control characters (NUL too, which PostgreSQL refuses), halves of characters, and marks that hide or turn text around. */
const unsound = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;

const nameLike = /^[\p{L}\p{M}\p{N} .,'’\-–()/&]+$/u;

export const isSoundText = (text: string): boolean => !unsound.test(text);

/** The longest name of a person or an organisation. */
export const longestName = 200;

/** Letters, marks, digits and plain punctuation, with at least one letter: no emoji, no bare number. */
export const isNameText = (text: string): boolean => nameLike.test(text) && /\p{L}/u.test(text) && text.length <= longestName;
