// Walks through XML as it streams: no document type, so no entity of one's own; not too deep; and no text that never ends.
import { SaxesParser } from 'saxes';
import { deepestXml, longestSilence } from './limits';
import { StatementRefused } from './reader';

/** What is told of a document; names without their prefixes. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close(name: string): void;
}

export class XmlWalk {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private depth = 0;
  private silence = 0;

  constructor(listener: XmlListener) {
    const { parser } = this;
    parser.on('doctype', () => {
      throw new StatementRefused('doctype');
    });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      this.silence = 0;
      if (++this.depth > deepestXml) throw new StatementRefused('too_deep');
      listener.open(localName(tag.name), tag.attributes);
    });
    parser.on('closetag', (tag) => {
      this.silence = 0;
      this.depth--;
      listener.close(localName(tag.name));
    });
    if (listener.text) {
      const tell = listener.text.bind(listener);
      parser.on('text', tell);
      parser.on('cdata', tell);
    }
  }

  /** Throws StatementRefused. */
  take(piece: string): void {
    this.silence += piece.length;
    // An endless document type would be gathered until it ends.
    this.attempt(() => this.parser.write(piece));
    if (this.silence > longestSilence) throw new StatementRefused('too_large');
  }

  /** Throws StatementRefused(`damaged`) where the document has not ended. */
  end(): void {
    this.attempt(() => this.parser.close());
  }

  private attempt(step: () => unknown): void {
    try {
      step();
    } catch (error) {
      if (error instanceof StatementRefused) throw error;
      throw new StatementRefused('damaged', error instanceof Error ? error.message.slice(0, 200) : undefined);
    }
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
