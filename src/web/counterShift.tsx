// The shift at the counter: whose it is and what should lie in the drawer, with one key to open it or to count and close.
import { openShiftAt } from '../actions/seeShift';
import { can, signatureOf } from '../domain/role';
import { say } from './counterLabels';
import type { Desk } from './desk';
import { inDong, inTime } from './format';
import { askedText } from './query';
import type { OfficerVisit } from './screen';
import { refusals } from '../problems';

/** Nothing for those who work no shifts. Why opening was refused stands here too. */
export async function CounterShift({ visit, desk }: { visit: OfficerVisit; desk: Desk }): Promise<JSX.Element> {
  const { ctx, actor, t, req, language } = visit;
  if (!can(actor, 'work_shift')) return <></>;
  const { open, last } = await openShiftAt(ctx.store.tables, desk.counter.id);
  const refused = req.query['obligation'] === undefined ? askedText(req, 'refused') : undefined;
  const why = Object.entries(refusals).find(([code]) => code === refused && code.startsWith('shift_'));
  if (!open) {
    const left = last?.close?.handedOn;
    return (
      <div class="shift row tight">
        <a class="button small" href="/counter/shift" data-key="F4">
          <kbd>F4</kbd> <span safe>{t('shiftOpenHere')}</span>
        </a>
        <span class="small muted" safe>
          {why ? why[1][language] : left?.isPositive() ? say(t('shiftFloatHint'), { amount: inDong(left) }) : t('shiftOpenHint')}
        </span>
      </div>
    );
  }
  const { shift, expected, officerName = shift.officerId } = open;
  const isOwn = shift.officerId === signatureOf(actor) || shift.officerId.startsWith('system:');
  return (
    <div class="shift row tight">
      <a class="button small" href={`/shifts/${shift.id}`} data-key={isOwn ? 'F4' : undefined}>
        {isOwn ? (
          <>
            <kbd>F4</kbd> <span safe>{t('shiftCloseHere')}</span>
          </>
        ) : (
          <span safe>{say(t('shiftNumber'), { number: String(shift.number) })}</span>
        )}
      </a>
      <span class="small muted">
        <span safe>
          {isOwn
            ? `${say(t('shiftNumber'), { number: String(shift.number) })} · ${inTime(shift.openedAt).slice(0, 5)}`
            : say(t('shiftYours'), { name: officerName })}
        </span>
        <strong class="block" safe>
          {inDong(expected)}
        </strong>
      </span>
    </div>
  );
}
