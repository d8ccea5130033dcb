// A broken law: what does not hold, where it was seen, and the seed that shows it again.

export class LawBroken extends Error {
  constructor(
    readonly law: string,
    readonly detail = '',
  ) {
    super(detail ? `${law}: ${detail}` : law);
    this.name = 'LawBroken';
  }
}

/** Throws LawBroken unless it holds. */
export function mustHold(holds: boolean, law: string, detail: () => string = () => ''): asserts holds {
  if (!holds) throw new LawBroken(law, detail());
}
