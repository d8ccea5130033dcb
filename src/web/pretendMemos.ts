// What banks on the way make of a transfer's content: the forms seen in the field, for the pretend bank to try.

const payer = 'NGUYEN VAN MAU';

/** The content as it leaves the payer → as it reaches us. */
export const pretendMemos = {
  unchanged: (content: string) => content,
  vietcombankToMb: (content: string) =>
    `MBVCB.4125261053.047334.${spaced(content)}.CT tu 0011000000001 ${payer} toi MB- Ma GD ACSP/ cw047334`,
  acb: (content: string) => `${content.toUpperCase()} GD 286231-221126 14:05:09`,
  lower: (content: string) => content.toLowerCase().replace(/[^a-z0-9]/g, ''),
  bidv: (content: string) => `TKThe :0011000000xxx tai VCB. ${content} -CTLNHIDI000009811417320-1/1-CRE-002`,
  deleted: () => `${payer} chuyen tien`,
} as const;

export type PretendMemo = keyof typeof pretendMemos;

export const pretendMemoNames = Object.keys(pretendMemos) as PretendMemo[];

/** A space in the middle, where MB breaks its lines. */
function spaced(content: string): string {
  const middle = Math.ceil(content.length / 2);
  return `${content.slice(0, middle)} ${content.slice(middle)}`;
}
