// The link to the citizen's page on an obligation's own page: copied, shown as a code for the citizen's phone, and revoked.
import { revokePayPage, sharePayPage } from '../actions/sharePayPage';
import { isSettled, type Obligation } from '../domain/obligation';
import { can } from '../domain/role';
import { FormToken } from './layout';
import { qrSvg } from './qr';
import type { OfficerVisit, Shown } from './screen';

/** For those who may share it; also for what is paid, as it leads to the receipt. */
export async function PayPageLink({ visit, obligation }: { visit: OfficerVisit; obligation: Obligation }): Promise<string> {
  const { ctx, t, actor, formToken } = visit;
  if (!can(actor, 'issue') || obligation.cancelled) return '';
  const link = await sharePayPage(ctx, actor, obligation.id);
  const safeQr = isSettled(obligation) ? '' : qrSvg(link);
  return (
    <section class="stack">
      <h2 safe>{t('sharePay')}</h2>
      <p class="small muted" safe>
        {t('sharePayHint')}
      </p>
      {safeQr ? <div class="link-qr">{safeQr}</div> : ''}
      <p class="link-text">
        <a id="pay-link" href={link} safe>
          {link}
        </a>
      </p>
      <form method="post" action={`/obligations/${obligation.id}/pay-page/revoke`} class="row">
        <FormToken token={formToken} />
        <button type="button" data-copy="#pay-link" data-copied={t('copied')} safe>
          {t('copy')}
        </button>
        <button class="quiet" safe>
          {t('revokePay')}
        </button>
      </form>
    </section>
  );
}

/** Comes back to the obligation, which shows the new link. */
export async function takeRevokePayPage({ ctx, actor, req }: OfficerVisit): Promise<Shown> {
  const obligationId = String(req.params['id']);
  await revokePayPage(ctx, actor, obligationId);
  return { redirect: `/obligations/${obligationId}` };
}
