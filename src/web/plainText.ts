// Texts of long tables on paper: letters one beside the other, without the shaping that a few lines of prose deserve and a hundred thousand rows cannot wait for.

interface Glyph {
  advanceWidth: number;
}

/** What of pdfkit's font is used here: its layout of a text, which is replaced, and the font file behind it. Lengths in thousandths of the size. */
interface ShapingFont {
  id: string;
  ascender: number;
  layout: (text: string) => { glyphs: readonly Glyph[]; positions: readonly object[]; advanceWidth: number };
  encode: (text: string) => readonly [codes: readonly string[], positions: readonly { advanceWidth: number }[]];
  ref: () => object;
  font: { glyphsForString(text: string): readonly Glyph[] };
  scale: number;
}

/** Our texts are composed letters, for each of which the font has a glyph: nothing is lost but kerning. Forty times as quick. */
function setPlainly(font: ShapingFont): void {
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

/** One line of a text, and where its upper left corner stands on the sheet. */
export interface PlacedText {
  text: string;
  x: number;
  y: number;
}

/** The letters of one font of a document, each of them measured and looked up once. */
export interface Letters {
  /** How wide a text is at size 1. */
  widthOf(text: string): number;
  /** Sheets that are written on with it name it so. */
  fonts: Readonly<Record<string, object>>;
  /** What writes these texts on a sheet: pdfkit itself takes as long for one line as this for a row of the table. */
  set(size: number, texts: readonly PlacedText[]): string;
}

export function lettersOf(doc: PDFKit.PDFDocument, name: string): Letters {
  const { _font: font } = doc.font(name) as unknown as { _font: ShapingFont };
  setPlainly(font);
  const known = new Map<string, { code: string; width: number }>();
  const lookedUp = (letter: string): { code: string; width: number } => {
    const [codes, positions] = font.encode(letter);
    const found = { code: codes.join(''), width: positions.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) / 1000 };
    known.set(letter, found);
    return found;
  };
  const codesOf = (text: string): string => {
    let codes = '';
    for (const letter of text) codes += (known.get(letter) ?? lookedUp(letter)).code;
    return codes;
  };
  return {
    widthOf: (text) => {
      let width = 0;
      for (const letter of text) width += (known.get(letter) ?? lookedUp(letter)).width;
      return width;
    },
    fonts: { [font.id]: font.ref() },
    set: (size, texts) => {
      const rise = (font.ascender / 1000) * size;
      const lines = texts.map(({ text, x, y }) => `1 0 0 -1 ${x.toFixed(2)} ${(y + rise).toFixed(2)} Tm <${codesOf(text)}> Tj`);
      return ['BT', `/${font.id} ${size} Tf`, ...lines, 'ET'].join('\n');
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
