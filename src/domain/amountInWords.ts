// Amounts in words: whole đồng read in Vietnamese the way receipts write them.
import type { Money } from './money';

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const thousand = 1000n;
const billion = 1_000_000_000n;

/** 1.234.000 → `Một triệu hai trăm ba mươi tư nghìn đồng`, in NFC. Throws RangeError on a negative amount. */
export function amountInWords(amount: Money): string {
  if (amount.dong < 0n) throw new RangeError('a negative amount has no words');
  const words = amount.dong === 0n ? [digits[0]] : wordsOf(amount.dong, false);
  const [first = '', ...rest] = `${words.join(' ')} đồng`.normalize('NFC');
  return first.toUpperCase() + rest.join('');
}

/** `isInner`: something was read before it, so a missing hundred is said (`không trăm`). Nothing is said of zero. */
function wordsOf(number: bigint, isInner: boolean): string[] {
  const thousandsOfBillions = number / billion;
  if (thousandsOfBillions > 0n) {
    return [...wordsOf(thousandsOfBillions, isInner), 'tỷ', ...wordsOf(number % billion, true)];
  }
  const groups: [bigint, string[]][] = [
    [number / (thousand * thousand), ['triệu']],
    [(number / thousand) % thousand, ['nghìn']],
    [number % thousand, []],
  ];
  return groups.reduce<string[]>(
    (said, [group, name]) => (group === 0n ? said : [...said, ...groupWords(Number(group), isInner || said.length > 0), ...name]),
    [],
  );
}

/** A group of three digits, 1 to 999. */
function groupWords(group: number, isInner: boolean): string[] {
  const hundreds = Math.floor(group / 100);
  const tens = Math.floor(group / 10) % 10;
  const units = group % 10;
  const saysHundreds = hundreds > 0 || isInner;
  return [...(saysHundreds ? [wordOf(hundreds), 'trăm'] : []), ...tensWords(tens, units, saysHundreds), ...unitWords(tens, units)];
}

function tensWords(tens: number, units: number, saysHundreds: boolean): string[] {
  if (tens === 0) return units > 0 && saysHundreds ? ['linh'] : [];
  return tens === 1 ? ['mười'] : [wordOf(tens), 'mươi'];
}

/** After tens one says `lăm`, and after twenty and more `mốt` and `tư`. */
function unitWords(tens: number, units: number): string[] {
  if (units === 0) return [];
  if (units === 5 && tens > 0) return ['lăm'];
  if (units === 1 && tens > 1) return ['mốt'];
  return units === 4 && tens > 1 ? ['tư'] : [wordOf(units)];
}

const wordOf = (digit: number): string => digits[digit] ?? '';
