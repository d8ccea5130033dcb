// Lines of CSV (RFC 4180) that spreadsheets open as they are, and texts of which they make no formula.

/** By this mark spreadsheets know that the file is UTF-8. */
export const byteOrderMark = '\ufeff';

/** A text of anybody's stays a text: one that a spreadsheet would run as a formula is led by an apostrophe. https://owasp.org/www-community/attacks/CSV_Injection */
export const inertText = (text: string): string => (/^[=+@\t\r\n＝＋－＠-]/.test(text) ? `'${text}` : text);

/** One line with its end; what is not a number of ours has been made inert before. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
