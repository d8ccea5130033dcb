// The payer: the sender's account and name, where a bank writes them into the content of a transfer in a form that we know.

/** What a content states of its sender; at least one of the two. */
export interface Payer {
  /** Whole and in digits; for the MoMo wallet its phone number. Masked and cut ones are no account. */
  accountNumber?: string;
  name?: string;
}

/**
 * The forms in which banks state the sender, the surest first; bank tails follow the memo, so that of two the last counts.
 * Seen in the published statements of September 2024 (https://github.com/HoangTran0410/saoke_yagi). Not read: `ACB;…;`, `Vietinbank;…;`
 * and `NG CHUYEN:CUSTOMER …`, which hold the receiver's account, and names that nothing divides from the memo.
 */
const forms: readonly RegExp[] = [
  // Vietcombank, on its way to any bank. A number at the very end may have been cut, and so may a name without `toi`.
  /^.*\bCT tu (?<account>[\dx*]{6,19}) (?:(?<name>\D[^;:]*?) toi\b|\D)/,
  // BIDV
  /TKThe ?:(?<account>[\dx*]{6,19}),? tai /,
  // MoMo, bare or glued
  /^\d{11,12}-(?<account>0\d{9})-/,
  /^MoMoT(?<account>0\d{9})T\d+T\d{6}T/,
  // MB
  /^MB .*\. TU: (?<name>[\p{L} ]+)$/u,
  // Vietcombank, large values
  /^SHGD:.*BO:(?<name>[^:]+?)\.Remark:/,
  // VietinBank, through NAPAS
  / VND-TGTT-(?<name>[\p{L} ]+?)(?: – A\/C)?$/u,
  // VietinBank, after the alias of our account
  /\((?:CT)?\d+\) (?<name>[\p{L} ]+?) (?<account>[\dx*]{6,19})$/u,
];

/** Longer contents are no bank's. */
const longestContent = 2000;
/** What MB writes around a narrative. */
const mbMark = /^CUSTOMER |Ma ?GD ?ACSP|Ma ?giao ?dich|Trace ?\d/;
const mbLine = 35;
/** Fewer breaks than this may be spaces that just happen to stand there. */
const fewestBreaks = 2;

/** What the content states of the sender, or undefined. The payer's own words may pretend it: good for suggestions only. */
export function payerIn(content: string): Payer | undefined {
  const read = content.slice(0, longestContent);
  const narrative = mbMark.test(read) ? withoutLineBreaks(read.replace(/^CUSTOMER /, '')) : read;
  for (const form of forms) {
    const { account, name } = form.exec(narrative)?.groups ?? {};
    const payer: Payer = {
      ...(account && /^\d+$/.test(account) ? { accountNumber: account } : {}),
      ...(name ? { name: name.trim() } : {}),
    };
    if (payer.accountNumber !== undefined || payer.name !== undefined) return payer;
  }
  return undefined;
}

/** MB puts a space after every 35 characters, and some feeds drop it where the line ended in one. Taken out only where every line agrees. */
function withoutLineBreaks(narrative: string): string {
  const lines: string[] = [];
  let start = 0;
  while (narrative.length - start > mbLine) {
    const end = start + mbLine;
    const isBroken = narrative[end] === ' ';
    if (!isBroken && narrative[end - 1] !== ' ') return narrative;
    lines.push(narrative.slice(start, end));
    start = isBroken ? end + 1 : end;
  }
  return lines.length < fewestBreaks ? narrative : lines.join('') + narrative.slice(start);
}
