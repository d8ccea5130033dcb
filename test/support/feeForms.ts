// The draft form of a fee as somebody at a browser would send it, for tests.

/** The fields of the draft form as a page shows them. */
export const fieldsOf = (html: string): Record<string, string> => {
  const form = /<form method="post" action="\/fee-schedule\/draft"[^]*?<\/form>/.exec(html)?.[0] ?? '';
  const inputs = [
    ...form.matchAll(/<input name="([^"]+)"[^>]*?value="([^"]*)"/g),
    ...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g),
  ];
  const selects = [...form.matchAll(/<select name="([^"]+)"[^]*?<\/select>/g)].map(([select, name]) => {
    const chosen = /<option value="([^"]*)" selected/.exec(select) ?? /<option value="([^"]*)"/.exec(select);
    return ['', name, chosen?.[1] ?? ''];
  });
  const plain = (text = '') => text.replaceAll('&#34;', '"').replaceAll('&amp;', '&');
  const { formToken: _, ...fields } = Object.fromEntries([...inputs, ...selects].map(([, name = '', value = '']) => [name, plain(value)]));
  return fields;
};
