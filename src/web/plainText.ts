// Texts of long tables on paper: letters one beside the other, without the shaping that a few lines of prose deserve and a hundred thousand rows cannot wait for.

interface Glyph {
  advanceWidth: number;
}

/** What of pdfkit's font is used here: its layout of a text, which is replaced, and the font file behind it. */
interface ShapingFont {
  layout: (text: string) => { glyphs: readonly Glyph[]; positions: readonly object[]; advanceWidth: number };
  font: { glyphsForString(text: string): readonly Glyph[] };
  scale: number;
}

/** Our texts are composed letters, for each of which the font has a glyph: nothing is lost but kerning. Forty times as quick. */
export function setPlainly(doc: PDFKit.PDFDocument, names: readonly string[]): void {
  for (const name of names) {
    doc.font(name);
    const { _font: font } = doc as unknown as { _font: ShapingFont };
    font.layout = (text) => {
      const glyphs = font.font.glyphsForString(text);
      let advanceWidth = 0;
      const positions = glyphs.map((glyph) => {
        const width = glyph.advanceWidth * font.scale;
        advanceWidth += width;
        return { xAdvance: width, yAdvance: 0, xOffset: 0, yOffset: 0, advanceWidth: width };
      });
      return { glyphs, positions, advanceWidth };
    };
  }
}

export interface Letters {
  /** How wide a text is at size 1. */
  widthOf(text: string): number;
}

/** Each letter is measured once. */
export function lettersOf(doc: PDFKit.PDFDocument, name: string): Letters {
  const known = new Map<string, number>();
  const measured = (letter: string): number => {
    const width = doc.font(name).fontSize(100).widthOfString(letter) / 100;
    known.set(letter, width);
    return width;
  };
  return {
    widthOf: (text) => {
      let width = 0;
      for (const letter of text) width += known.get(letter) ?? measured(letter);
      return width;
    },
  };
}

/** A text in lines no wider than `width`, broken at spaces, and within a word only where it is wider than a line. */
export function linesOf(text: string, width: number, letters: Letters): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (letters.widthOf(longer) <= width) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = lastOf(word, width, letters, lines);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Puts all but the last part of a word that is wider than a line among the lines. */
function lastOf(word: string, width: number, letters: Letters, lines: string[]): string {
  let part = '';
  for (const letter of word) {
    if (part !== '' && letters.widthOf(part + letter) > width) {
      lines.push(part);
      part = '';
    }
    part += letter;
  }
  return part;
}
