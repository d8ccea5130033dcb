// Accidents: whether the letters of a content spell a reference that nobody meant, found the slow and simple way.

const lettersOf = (content: string): string =>
  content
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'D')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Whether the letters of a content hold the reference whole. */
export const isWholeIn = (content: string, reference: string): boolean => lettersOf(content).includes(reference);

/** Whether a piece of the content is the reference, or one slip of the hand away from it. */
export function accidentallyIn(content: string, reference: string): boolean {
  const letters = lettersOf(content);
  for (let start = 0; start < letters.length; start++) {
    for (const length of [reference.length - 1, reference.length, reference.length + 1]) {
      if (isOneSlipAway(letters.slice(start, start + length), reference)) return true;
    }
  }
  return false;
}

/** Equal, or one letter wrong, missing, too much, or two neighbours swapped. */
function isOneSlipAway(text: string, reference: string): boolean {
  let same = 0;
  while (same < text.length && text[same] === reference[same]) same++;
  const [rest, wanted] = [text.slice(same), reference.slice(same)];
  if (rest.slice(1) === wanted.slice(1) || rest === wanted.slice(1) || rest.slice(1) === wanted) return true;
  return rest.length > 1 && rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2);
}
