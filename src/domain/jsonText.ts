// JSON from outside, as text before it is parsed: bounded in depth, and with one meaning only.

/** Deeper nesting than anybody has use for, shallow enough for every reader after us: what comes after a deep parse is what breaks. */
const maxDepth = 32;

/** A string, a bracket, a colon, or a run of anything else; sticky, so that an unclosed string ends the scan. */
const token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]:]|[^"{}[\]:]+/gy;

export type JsonFault = { reason: 'too_deep' } | { reason: 'duplicate_key'; key: string };

/**
 * The first fault of a text that may be JSON, before parsing: nesting without bound, or an object that names a key twice (readers disagree
 * on which amount then counts). Whether it is JSON at all, `JSON.parse` says. Throws SyntaxError where a key is no text of JSON.
 */
export function jsonFaultIn(text: string): JsonFault | undefined {
  const keysOfOpen: Set<string>[] = [];
  let lastString = '';
  for (const [part] of text.matchAll(token)) {
    if (part.startsWith('"')) lastString = part;
    else if (part === '{' || part === '[') {
      if (keysOfOpen.push(new Set()) > maxDepth) return { reason: 'too_deep' };
    } else if (part === '}' || part === ']') keysOfOpen.pop();
    else if (part === ':' && !isNewKey(keysOfOpen.at(-1), keyOf(lastString))) return { reason: 'duplicate_key', key: keyOf(lastString) };
  }
  return undefined;
}

/** Keys are compared as they will be read: `"amo\u0075nt"` is `"amount"`. */
const keyOf = (quoted: string): string => (quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1));

function isNewKey(keys: Set<string> | undefined, key: string): boolean {
  const isNew = !keys?.has(key);
  keys?.add(key);
  return isNew;
}
