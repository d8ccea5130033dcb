// What people said of a difference, and the forms to say more: a note, who has it from now on, or that the close may carry it.
import type { Officer } from '../domain/officer';
import type { Difference, DifferenceNote } from '../domain/reconciliation';
import { can } from '../domain/role';
import { say } from './counterLabels';
import { dayAddress, dayListBehind, type DayPlace } from './dayPlace';
import type { FormState } from './formFields';
import { inDateTime, inDong } from './format';
import type { Label } from './labels';
import { FormToken } from './layout';
import { addressOf } from './parts';
import type { OfficerVisit } from './screen';
import { signedAs } from './signedAs';

interface Given {
  difference: Difference;
  place: DayPlace;
  names: ReadonlyMap<string, string>;
  /** Who may have it. */
  owners: readonly Pick<Officer, 'id' | 'name'>[];
  form: FormState;
  visit: OfficerVisit;
}

export const DayRemarks = (given: Given): JSX.Element => (
  <section class="day-remarks">
    <h2 safe>{given.visit.t('dayNotes')}</h2>
    <Said {...given} />
    {can(given.visit.actor, 'prepare_close') ? (
      <div class="day-forms">
        <Remark {...given} kind="note" text="dayNoteText" act="dayNoteKeep" />
        {given.difference.isBlocking ? <Remark {...given} kind="carry" text="dayCarryText" act="dayCarryAct" hint="dayCarryHint" /> : ''}
        <Remark {...given} kind="owner" text="dayOwnerText" act="dayOwnerAct" />
      </div>
    ) : (
      <p class="muted" safe>
        {given.visit.t('dayReadOnly')}
      </p>
    )}
  </section>
);

const Said = ({ difference: { notes }, names, visit: { t } }: Given): JSX.Element =>
  notes.length === 0 ? (
    <p class="muted" safe>
      {t('dayNotesNone')}
    </p>
  ) : (
    <ul class="lines">
      {notes.map((note) => (
        <li>
          <span class="grow">
            <span class="strong" safe>
              {noteWords(note, names, t)}
            </span>{' '}
            <span safe>{note.text}</span>
          </span>
          <span class="small muted" safe>
            {`${signedAs(note.by, names, t)} · ${inDateTime(note.at)} · ${inDong(note.amount)}`}
          </span>
        </li>
      ))}
    </ul>
  );

const noteWords = ({ kind, ownerId = '' }: DifferenceNote, names: Given['names'], t: OfficerVisit['t']): string =>
  kind === 'owner' ? say(t('dayNote_owner'), { name: names.get(ownerId) ?? ownerId }) : t(`dayNote_${kind}`);

interface RemarkGiven extends Given {
  kind: DifferenceNote['kind'];
  text: Label;
  act: Label;
  hint?: Label;
}

const longestText = 500;

function Remark({ difference, place, owners, form, kind, text, act, hint, visit: { req, t, formToken } }: RemarkGiven): JSX.Element {
  const isSent = form.values['kind'] === kind;
  const error = isSent ? form.errors['text'] : undefined;
  const typed: string | undefined = isSent ? form.values['text'] : undefined;
  return (
    <form method="post" action={addressOf(dayAddress(place, '/notes'), { from: dayListBehind(req) })} class="stack">
      <FormToken token={formToken} />
      <input type="hidden" name="key" value={difference.key} />
      <input type="hidden" name="kind" value={kind} />
      {kind === 'owner' ? (
        <label>
          <span safe>{t('dayOwnerPick')}</span>
          <select name="ownerId">
            {owners.map(({ id, name }) => (
              <option value={id} selected={isSent && form.values['ownerId'] === id} safe>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : (
        ''
      )}
      <label>
        <span safe>{t(text)}</span>
        <textarea name="text" rows="2" maxlength={longestText} required data-remark={kind} aria-invalid={error ? 'true' : undefined} safe>
          {typed}
        </textarea>
        {error ? (
          <span class="field-error" role="alert" safe>
            {error}
          </span>
        ) : (
          ''
        )}
        {hint ? (
          <span class="small muted block" safe>
            {t(hint)}
          </span>
        ) : (
          ''
        )}
      </label>
      <p>
        <button safe>{t(act)}</button>
      </p>
    </form>
  );
}
