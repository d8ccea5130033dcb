// Lines of CSV (RFC 4180) that spreadsheets open as they are, and texts of which they make no formula.

/** By this mark spreadsheets know that the file is UTF-8. */
export const byteOrderMark = '\ufeff';

/**
 * A text of anybody's stays a text: a sign by which a spreadsheet would run it as a formula is led by an apostrophe, where a cell begins
 * (spaces and quotes before it fall away) and where one would begin for a spreadsheet that parts cells by `;`, as those in Vietnamese do.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export const inertText = (text: string): string => text.replace(/[=+@＝＋－＠-](?<=(^|[;\t\r\n])[\s\p{C}"]*.)/gu, "'$&");

/** One line with its end; what is not a number of ours has been made inert before. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
