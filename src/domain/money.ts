// Money: whole đồng, exact. The only place in the service that rounds.
import { Decimal } from 'decimal.js';

/** The largest sum one value may hold: far above any fee, and JSON still carries it exactly. */
const maxDong = BigInt(Number.MAX_SAFE_INTEGER);

/** An exact, immutable amount of whole đồng; may be negative only as the result of `minus`. */
export class Money {
  constructor(readonly dong: bigint) {
    if (dong > maxDong || dong < -maxDong) throw new RangeError('amount of money out of range');
  }

  plus(other: Money): Money {
    return new Money(this.dong + other.dong);
  }

  minus(other: Money): Money {
    return new Money(this.dong - other.dong);
  }

  /** `count` times this amount; `count` is a whole number. */
  times(count: number): Money {
    return new Money(this.dong * BigInt(count));
  }

  /** This amount times a rate written as a decimal string (`"0.0015"`), rounded half up to whole đồng. */
  share(rate: string): Money {
    return roundHalfUp(new Decimal(this.dong.toString()).times(rate));
  }

  compare(other: Money): -1 | 0 | 1 {
    return this.dong < other.dong ? -1 : this.dong > other.dong ? 1 : 0;
  }

  equals(other: Money): boolean {
    return this.dong === other.dong;
  }

  isZero(): boolean {
    return this.dong === 0n;
  }

  isPositive(): boolean {
    return this.dong > 0n;
  }

  /** A JSON integer of đồng, as for every zero-decimal currency. */
  toJSON(): number {
    return Number(this.dong);
  }

  toString(): string {
    return this.dong.toString();
  }
}

/** An amount of `dong` whole đồng. Throws RangeError on a fraction, NaN or a sum out of range. */
export function vnd(dong: bigint | number): Money {
  return new Money(BigInt(dong));
}

export const zero = vnd(0);

export const smaller = (a: Money, b: Money): Money => (a.dong < b.dong ? a : b);

export const larger = (a: Money, b: Money): Money => (a.dong > b.dong ? a : b);

export const sumOf = (amounts: readonly Money[]): Money => amounts.reduce((sum, amount) => sum.plus(amount), zero);

/** The one rounding of the service: half a đồng and more goes up. */
function roundHalfUp(value: Decimal): Money {
  return vnd(BigInt(value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0)));
}
