// The tap after a payment on the citizen's page: three choices, once, without a person.
import type { SeenPayPage } from '../actions/openPayPage';
import { tapSatisfaction } from '../actions/tapSatisfaction';
import { statusOf } from '../domain/obligation';
import { isSatisfactionChoice, satisfactionChoices } from '../domain/satisfaction';
import { Problem } from '../problems';
import type { Fields, Shown, Visit } from './screen';
import { isForeign } from './session';

export function PayTap({ visit: { t }, page, token }: { visit: Visit; page: SeenPayPage; token: string }): JSX.Element {
  if (!['paid', 'overpaid'].includes(statusOf(page.obligation))) return <></>;
  if (page.isTapped) {
    return (
      <p role="status" safe>
        {t('tapThanks')}
      </p>
    );
  }
  return (
    <form method="post" action={`/pay/${token}/satisfaction`} class="stack pay-tap">
      <h2 safe>{t('tapAsk')}</h2>
      <p class="row">
        {satisfactionChoices.map((choice) => (
          <button name="choice" value={choice} safe>
            {t(`tap_${choice}`)}
          </button>
        ))}
      </p>
      <p class="small muted" safe>
        {t('tapHint')}
      </p>
    </form>
  );
}

/** Comes back to the page, which says thank you. */
export async function takeTap({ ctx, req }: Visit, { choice }: Fields): Promise<Shown> {
  if (isForeign(req)) throw new Problem('form_expired');
  if (!isSatisfactionChoice(choice)) throw new Problem('request_invalid', 'choice');
  const token = String(req.params['token']);
  await tapSatisfaction(ctx, token, choice);
  return { redirect: `/pay/${token}` };
}
