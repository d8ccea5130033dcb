// The normal form of a header's text, in which the columns of bank statements are recognised and layouts are kept.

/** Lower case ASCII words with single spaces: `Ngày giao dịch/Transaction date` → `ngay giao dich transaction date`. */
export const headerForm = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
