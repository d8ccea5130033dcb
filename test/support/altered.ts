// The store's tables with some of them changed. They come into being when they are asked for, so a spread would copy none.

/** `tables` but for `changes`; nothing of `tables` itself is touched. */
export const altered = <Tables extends object>(tables: Tables, changes: Partial<Tables>): Tables =>
  Object.create(tables, Object.getOwnPropertyDescriptors(changes)) as Tables;
