// Canonical JSON: one text for one value, so that a hash over it means the value. RFC 8785, with whole numbers only.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** Keys in the order of their UTF-16 units, no space anywhere, absent values left out. Throws RangeError on a number that is not whole and safe. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('only whole numbers have one text');
    return String(value === 0 ? 0 : value); // no -0
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return value.every(isPlain) ? JSON.stringify(value) : `[${value.map(canonicalJson).join(',')}]`;
  const parts = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const member = value[name];
      return member === undefined ? [] : [`${JSON.stringify(name)}:${canonicalJson(member)}`];
    });
  return `{${parts.join(',')}}`;
}

/** What has one text as it is: of a list of these, as there are many thousand, nothing need be put in order. */
const isPlain = (value: Json): boolean => typeof value === 'string' || Number.isSafeInteger(value);

/** `Array.isArray` knows no lists that are only read. */
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
