// Contacts: where letters about a dossier go; no more is asked of an address than that it can be one.

const longestAddress = 254;
const shape = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** `an@example.vn`: one plain address, without a name or quotes around it. */
export const isEmail = (text: string): boolean => text.length <= longestAddress && shape.test(text);
