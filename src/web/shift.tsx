// One shift: its report, every movement of its drawer, the count that closes it, and the second person's word about a difference.
import { seeShift, type ShiftWithMovements } from '../actions/seeShift';
import { can, signatureOf } from '../domain/role';
import { denominations, differenceOf, isOpen, putAsideOf, sumOfPieces, waitsForConfirmation } from '../domain/shift';
import { vnd, zero, type Money } from '../domain/money';
import { ActForm, idIn, nameIn, Refused } from './cashParts';
import { say } from './counterLabels';
import { inDateTime, inDong, inTime } from './format';
import { emptyForm, FieldNotes, FormErrors, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { Facts, type NamedFact } from './parts';
import type { OfficerVisit, Shown } from './screen';
import { DifferenceWords, differenceText } from './shifts';
import { amountOrNothing } from './typedAmount';
import { unitOf } from './unit';

export const showShift = (visit: OfficerVisit): Promise<Shown> => shiftPage(visit, emptyForm);

export async function shiftPage(visit: OfficerVisit, form: FormState): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const seen = await seeShift(ctx, actor, idIn(visit));
  const { shift, counter } = seen;
  const title = say(t('shiftAt'), { number: String(shift.number), counter: counter?.name ?? shift.counterId });
  const maySign = can(actor, 'sign_close');
  const isOwn = shift.officerId === signatureOf(actor) || (shift.officerId.startsWith('system:') && can(actor, 'work_shift'));
  const mayConfirm = maySign && waitsForConfirmation(shift) && ![shift.officerId, shift.close?.by].includes(signatureOf(actor));
  return (
    <OfficerPage visit={visit} title={title} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {title}
        </h1>
        <DifferenceWords shift={shift} t={t} />
        <a class="button quiet" href="/shifts" safe>
          {t('shifts')}
        </a>
      </div>
      <Refused visit={visit} />
      <div class="two">
        <div class="stack">
          {isOpen(shift) && (isOwn || maySign) ? <CloseForm visit={visit} seen={seen} form={form} /> : ''}
          {mayConfirm ? <ConfirmForm visit={visit} seen={seen} /> : ''}
          <Movements visit={visit} seen={seen} />
        </div>
        <aside class="stack">
          <Report visit={visit} seen={seen} />
        </aside>
      </div>
    </OfficerPage>
  );
}

function Report({
  visit: { t },
  seen: { shift, takings, expected, names },
}: {
  visit: OfficerVisit;
  seen: ShiftWithMovements;
}): JSX.Element {
  const { close, difference } = shift;
  const facts: NamedFact[] = [
    [t('shiftOfficer'), nameIn(names, shift.officerId)],
    [t('shiftOpened'), inDateTime(shift.openedAt)],
    [t('shiftFloat'), inDong(shift.openingFloat)],
    [t('shiftTakenOver'), shift.takenOver.isPositive() ? inDong(shift.takenOver) : undefined],
    [t('shiftCash'), inDong(takings.cashTaken)],
    [t('shiftReturned'), takings.cashReturned.isPositive() ? inDong(takings.cashReturned) : undefined],
    [t('shiftTransfer'), inDong(takings.transferTaken)],
    [t('shiftOnline'), inDong(takings.onlineTaken)],
    [t('shiftExpected'), inDong(expected)],
    [t('shiftCounted'), close && inDong(close.counted)],
    [t('shiftDifference'), close && (differenceOf(close).isZero() ? t('shiftNoDifference') : differenceText(differenceOf(close), t))],
    [t('shiftReason'), close?.reason],
    [t('shiftHandOn'), close && inDong(close.handedOn)],
    [t('shiftPutAside'), close && inDong(putAsideOf(close))],
    [t('shiftClosed'), close && `${inDateTime(close.at)} · ${nameIn(names, close.by)}`],
  ];
  return (
    <section>
      <h2 safe>{t('shiftReport')}</h2>
      <Facts facts={facts} />
      {shift.isImplicit ? (
        <p class="small muted" safe>
          {t('shiftByCash')}
        </p>
      ) : (
        ''
      )}
      {difference ? (
        <p class="small" safe>
          {say(t('shiftConfirmed'), { name: nameIn(names, difference.by), time: inDateTime(difference.at), note: difference.note })}
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

/** The notes first: a drawer is counted note by note. The sum runs along; what was wrong has the focus. */
function CloseForm({
  visit: { t, formToken },
  seen,
  form,
}: {
  visit: OfficerVisit;
  seen: ShiftWithMovements;
  form: FormState;
}): JSX.Element {
  const { shift, expected } = seen;
  const first = firstField(form);
  return (
    <form method="post" action={`/shifts/${shift.id}/close`} class="stack count" data-once>
      <script src="/assets/shift.js" defer></script>
      <FormToken token={formToken} />
      <h2 safe>{say(t('shiftCloseTitle'), { number: String(shift.number) })}</h2>
      <FormErrors form={form} t={t} />
      <p>
        <span safe>{t('shiftExpected')}</span> <strong safe>{inDong(expected)}</strong>
      </p>
      <p class="small muted" safe>
        {t('shiftCloseHint')}
      </p>
      <Pieces form={form} first={first} t={t} />
      <div class="pair">
        <MoneyField form={form} name="counted" label={t('shiftSum')} first={first} />
        <MoneyField form={form} name="handOn" label={t('shiftHandOn')} hint={t('shiftHandOnHint')} first={first} />
      </div>
      <Running form={form} expected={expected} t={t} />
      <label>
        <span safe>{t('shiftReason')}</span>
        <input
          name="reason"
          maxlength="500"
          autocomplete="off"
          value={form.values['reason'] ?? ''}
          aria-invalid={form.errors['reason'] ? 'true' : undefined}
          autofocus={first === 'reason'}
        />
        <FieldNotes error={form.errors['reason']} hint={t('shiftReasonHint')} />
      </label>
      <button class="primary" safe>
        {t('shiftCloseHere')}
      </button>
    </form>
  );
}

const Pieces = ({ form, first, t }: { form: FormState; first: string; t: Translate }): JSX.Element => (
  <fieldset class="pieces">
    <legend safe>{t('shiftPieces')}</legend>
    {denominations.map((face) => (
      <label>
        <span safe>{inDong(vnd(face))}</span>
        <input
          name={`pieces.${face}`}
          inputmode="numeric"
          maxlength="6"
          autocomplete="off"
          value={form.values[`pieces.${face}`] ?? ''}
          data-face={String(face)}
          aria-invalid={form.errors['pieces'] && first === `pieces.${face}` ? 'true' : undefined}
          autofocus={first === `pieces.${face}`}
        />
      </label>
    ))}
    <FieldNotes error={form.errors['pieces']} hint={undefined} />
  </fieldset>
);

/** The first that is wrong, else the largest notes. */
function firstField({ values, errors }: FormState): string {
  const pieces = denominations.map((face) => `pieces.${face}`);
  const wrong = errors['pieces'] ? pieces.find((name) => !isCount(values[name] ?? '')) : undefined;
  return wrong ?? ['counted', 'handOn', 'reason'].find((name) => errors[name]) ?? pieces[0] ?? '';
}

const isCount = (text: string): boolean => /^\d{0,6}$/.test(text);

/** What was counted so far, and how it differs: as it was sent, and from then on by the script. */
function Running({ form: { values, errors }, expected, t }: { form: FormState; expected: Money; t: Translate }): JSX.Element {
  const counted = errors['pieces'] ? undefined : countedIn(values);
  const difference = counted && differenceOf({ counted, expected });
  return (
    <p
      class="running"
      role="status"
      data-count
      data-expected={expected.toString()}
      data-over={t('shiftOver')}
      data-short={t('shiftShort')}
      data-agrees={t('shiftNoDifference')}
      hidden={!difference}
    >
      <span safe>{t('shiftCounted')}</span> <strong>{counted ? inDong(counted) : ''}</strong>{' '}
      <span>{difference ? (difference.isZero() ? t('shiftNoDifference') : differenceText(difference, t)) : ''}</span>
    </p>
  );
}

function countedIn(values: FormState['values']): Money | undefined {
  const pieces = denominations.map((face) => [String(face), values[`pieces.${face}`] ?? ''] as const);
  if (pieces.every(([, text]) => text === '')) return amountOrNothing(values['counted'] ?? '');
  return sumOfPieces(Object.fromEntries(pieces.map(([face, text]) => [face, Number(text)])));
}

interface MoneyGiven {
  form: FormState;
  name: string;
  label: string;
  hint?: string;
  /** The name of the field that has the focus. */
  first: string;
}

const MoneyField = ({ form, name, label, hint, first }: MoneyGiven): JSX.Element => (
  <label>
    <span safe>{label}</span>
    <input
      name={name}
      inputmode="numeric"
      maxlength="20"
      autocomplete="off"
      value={form.values[name] ?? ''}
      data-grouped="yes"
      aria-invalid={form.errors[name] ? 'true' : undefined}
      autofocus={first === name}
    />
    <FieldNotes error={form.errors[name]} hint={hint} />
  </label>
);

function ConfirmForm({ visit, seen: { shift } }: { visit: OfficerVisit; seen: ShiftWithMovements }): JSX.Element {
  const { t } = visit;
  const difference = shift.close ? differenceOf(shift.close) : zero;
  const amount = difference.isPositive() ? difference : zero.minus(difference);
  return (
    <section class="look-at">
      <h2 safe>
        {say(t('shiftConfirmTitle'), {
          what: t(difference.isPositive() ? 'shiftOver' : 'shiftShort').toLowerCase(),
          amount: inDong(amount),
        })}
      </h2>
      <p safe>{t('shiftConfirmHint')}</p>
      <ActForm visit={visit} action={`/shifts/${shift.id}/confirm`} label={t('shiftConfirm')} reason={t('shiftConfirmNote')} isPrimary />
    </section>
  );
}

function Movements({ visit: { t }, seen: { movements, names } }: { visit: OfficerVisit; seen: ShiftWithMovements }): JSX.Element {
  return (
    <section>
      <h2 safe>{t('shiftMovements')}</h2>
      {movements.length === 0 ? (
        <p class="muted" safe>
          {t('shiftMovementsNone')}
        </p>
      ) : (
        <table>
          <tbody>
            {movements.map((one) => (
              <tr>
                <td safe>{inTime(one.at)}</td>
                <td>
                  {one.obligationId ? (
                    <a href={`/obligations/${one.obligationId}`} safe>
                      {t(`cash_${one.kind}`)}
                    </a>
                  ) : (
                    <span safe>{t(`cash_${one.kind}`)}</span>
                  )}
                </td>
                <td safe>{nameIn(names, one.by)}</td>
                <td class="amount" safe>
                  {inDong(one.amount)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
