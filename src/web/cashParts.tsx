// Parts that the screens of shifts, deposits and remittances share: a form with one button, the word of a refusal, names and places.
import type { Children } from '@kitajs/html';
import { Problem, refusals } from '../problems';
import { FormToken } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';

interface Act {
  visit: OfficerVisit;
  /** Where it is sent. */
  action: string;
  label: string;
  /** Whether a reason is typed with it, and under which label. */
  reason?: string;
  isPrimary?: boolean;
  hidden?: Readonly<Record<string, string>>;
  children?: Children;
}

const longestReason = 500;

/** One decision: its fields, a reason where one is wanted, and the button. */
export const ActForm = ({ visit, action, label, reason, isPrimary, hidden = {}, children }: Act): JSX.Element => (
  <form method="post" action={action} class="act" data-once>
    <FormToken token={visit.formToken} />
    {Object.entries(hidden).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {children ?? ''}
    {reason ? (
      <label>
        <span safe>{reason}</span>
        <input name="reason" required minlength="3" maxlength={String(longestReason)} autocomplete="off" />
      </label>
    ) : (
      ''
    )}
    <button class={isPrimary ? 'primary' : ''} safe>
      {label}
    </button>
  </form>
);

/** Why the last act was refused: it stands in the address of the page to which it came back. */
export function Refused({ visit: { req, language } }: { visit: OfficerVisit }): JSX.Element {
  const asked = askedText(req, 'refused');
  const known = Object.entries(refusals).find(([code]) => code === asked);
  const words: string = known ? known[1][language] : '';
  return words ? (
    <p class="refusal refusal-what" role="alert" safe>
      {words}
    </p>
  ) : (
    <></>
  );
}

/** Does it and goes to a page; where it is refused, with the reason. What may not be seen at all is refused as such. */
export async function actedOn(act: () => Promise<string>, back: string): Promise<Shown> {
  try {
    return { redirect: await act() };
  } catch (error) {
    return refusedAt(error, back);
  }
}

/** Goes to a page with the reason of a refusal. Throws what is none, and what may not be seen at all. */
export function refusedAt(error: unknown, back: string): Shown {
  if (!(error instanceof Problem) || error.status === 404 || error.code === 'bug') throw error;
  const [path = back, query = ''] = back.split('?');
  return { redirect: addressOf(path, { ...Object.fromEntries(new URLSearchParams(query)), refused: error.code }) };
}

/** A person's name, or the system that acted. */
export const nameIn = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? id;

export const idIn = ({ req }: OfficerVisit): string => String(req.params['id']);
