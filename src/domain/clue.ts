// Clues: what a credit says of whom it is for, in its content and of its payer.
import { bareReferencesIn, dossierCodesIn } from './contentCodes';
import { payerIn } from './payer';
import { namesIn } from './personName';
import { readingsOf } from './reading';

/** What a credit says. */
export interface Speaking {
  content: string;
  /** The sender's account number and name when the provider tells them; else they are looked for in the content. */
  payerAccount?: string;
  payerName?: string;
}

/** How a content names a reference: to the letter, without its prefix, or with a slip of the hand. */
export type ReferenceReason = 'exact_reference' | 'bare_reference' | 'near_reference';

/** By which obligations can be looked up. */
export interface Clues {
  references: ReadonlyMap<string, ReferenceReason>;
  dossierCodes: readonly string[];
  payer: { accountNumber?: string; name?: string };
  /** Of the payer, and whatever else in the content may be one; as they came, mostly without marks. */
  names: readonly string[];
}

export function cluesIn({ content, payerAccount, payerName }: Speaking): Clues {
  const accountNumber = payerAccount ?? payerIn(content)?.accountNumber;
  const name = payerName ?? payerIn(content)?.name;
  return {
    references: namedReferencesIn(content),
    dossierCodes: dossierCodesIn(content),
    payer: { ...(accountNumber ? { accountNumber } : {}), ...(name ? { name } : {}) },
    names: [...new Set([...(name ? [name] : []), ...namesIn(content)])],
  };
}

/** The exact ones first. A whole word of eight symbols with a damaged prefix is as good as one without any. */
function namedReferencesIn(content: string): Map<string, ReferenceReason> {
  const readings = readingsOf(content);
  const named = new Map<string, ReferenceReason>(
    readings.map(({ reference, how }) => [reference, how === 'exact' ? 'exact_reference' : 'near_reference']),
  );
  for (const reference of bareReferencesIn(content)) {
    if (named.get(reference) !== 'exact_reference') named.set(reference, 'bare_reference');
  }
  return named;
}
