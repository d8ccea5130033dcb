// A transfer's content with the references found in it marked, however spaces, dots and case tear them.
import { normalForm } from '../domain/reference';

interface Span {
  start: number;
  end: number;
}

/** `found`: letters of the content's normal form, as readings give them. */
export const MarkedContent = ({ content, found }: { content: string; found: readonly string[] }): JSX.Element => (
  <>
    {partsOf(content, spansOf(content, found)).map(({ text, isMarked }) =>
      isMarked ? <mark safe>{text}</mark> : <span safe>{text}</span>,
    )}
  </>
);

export interface Part {
  text: string;
  isMarked: boolean;
}

/** The content in pieces, in order; nothing is lost. */
export function partsOf(content: string, spans: readonly Span[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    parts.push({ text: content.slice(at, start), isMarked: false }, { text: content.slice(start, end), isMarked: true });
    at = end;
  }
  return [...parts, { text: content.slice(at), isMarked: false }].filter(({ text }) => text !== '');
}

/** Where the texts stand in the content, in order, without overlaps. */
export function spansOf(content: string, found: readonly string[]): Span[] {
  const { letters, places } = lettersWithPlaces(content);
  const spans = found.flatMap((text) => {
    const at = text === '' ? -1 : letters.indexOf(text);
    const [first, last] = [places[at], places[at + text.length - 1]];
    return first && last ? [{ start: first.start, end: last.end }] : [];
  });
  const sorted = spans.sort((a, b) => a.start - b.start);
  return sorted.filter(({ start }, i) => sorted.slice(0, i).every((before) => before.end <= start));
}

/** The normal form, and where each of its letters stands in the content. */
function lettersWithPlaces(content: string): { letters: string; places: Span[] } {
  let letters = '';
  const places: Span[] = [];
  let start = 0;
  for (const character of content) {
    const end = start + character.length;
    for (const letter of normalForm(character)) {
      letters += letter;
      places.push({ start, end });
    }
    start = end;
  }
  return { letters, places };
}
