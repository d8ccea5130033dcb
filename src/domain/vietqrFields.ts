// The grammar below a VietQR code: fields of tag, length and value, which may hold fields themselves, and the checksum at the end.

/** A field by its place: `54`, or `38.01.00` for tag 00 inside tag 01 inside tag 38. */
export type Field = { path: string; value: string };

export type FieldTree = { fields: Field[]; errors: string[] };

/** One field as printed: two digits of tag, two digits of length, the value. Throws RangeError unless the value has 1 to 99 characters. */
export function fieldOf(tag: string, value: string): string {
  if (value.length < 1 || value.length > 99) throw new RangeError(`field ${tag} holds ${value.length} characters`);
  return `${tag}${String(value.length).padStart(2, '0')}${value}`;
}

/**
 * All fields of `text` in printed order, those in `templates` (paths) opened into the fields inside them. A length that does not fit
 * exactly, an empty field or a tag told twice is an error: two readers could otherwise see two different accounts in one code.
 */
export function fieldsIn(text: string, templates: ReadonlySet<string>, parent = ''): FieldTree {
  const { fields, errors } = fieldsAt(text, parent);
  const opened = fields.map((field) => (templates.has(field.path) ? fieldsIn(field.value, templates, `${field.path}.`) : undefined));
  return {
    fields: fields.flatMap((field, index) => opened[index]?.fields ?? [field]),
    errors: [...errors, ...duplicatesIn(fields), ...opened.flatMap((inner) => inner?.errors ?? [])],
  };
}

function fieldsAt(text: string, parent: string): FieldTree {
  const fields: Field[] = [];
  for (let start = 0; start < text.length;) {
    const header = text.slice(start, start + 4);
    const length = Number(header.slice(2));
    const value = text.slice(start + 4, start + 4 + length);
    const fits = /^\d{4}$/.test(header) && length > 0 && value.length === length;
    if (!fits) return { fields, errors: [`${parent.slice(0, -1) || 'code'} broken at ${start}: "${header}"`] };
    fields.push({ path: `${parent}${header.slice(0, 2)}`, value });
    start += 4 + length;
  }
  return { fields, errors: [] };
}

function duplicatesIn(fields: readonly Field[]): string[] {
  const paths = fields.map((field) => field.path);
  return paths.filter((path, index) => paths.indexOf(path) !== index).map((path) => `${path} appears twice`);
}

const checksumTable = Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 0x8000 ? (remainder << 1) ^ 0x1021 : remainder << 1;
  return remainder & 0xffff;
});

/**
 * CRC-16/CCITT-FALSE of the UTF-8 bytes of `text` as four upper-case hexadecimal digits: polynomial 1021, start FFFF, not reflected.
 * Source: EMV QRCPS Merchant-Presented Mode, tag 63 (ISO/IEC 13239); `123456789` gives `29B1`.
 */
export function checksumOf(text: string): string {
  const remainder = new TextEncoder()
    .encode(text)
    .reduce((crc, byte) => ((crc << 8) & 0xffff) ^ (checksumTable[(crc >> 8) ^ byte] ?? 0), 0xffff);
  return remainder.toString(16).toUpperCase().padStart(4, '0');
}
