// One dossier with all that is owed for it: fees to the unit, taxes to the State Treasury, each with its state, account and code.
import { seeDossier, type OwedOfDossier, type SeenDossier } from '../actions/seeDossier';
import { isTax } from '../domain/obligation';
import { can } from '../domain/role';
import { DossierOwed } from './dossierOwed';
import { emptyForm, type FormState } from './formFields';
import { OfficerPage } from './layout';
import { dossierAddress } from './parts';
import { askedText } from './query';
import { refusals } from '../problems';
import type { OfficerVisit, Shown } from './screen';
import { startingFields, TaxNoticeForm } from './taxNoticeForm';
import { unitOf } from './unit';

export const showDossier = (visit: OfficerVisit): Promise<Shown> => dossierPage(visit);

/** `sent`: the form for a notice as it comes back. */
export async function dossierPage(visit: OfficerVisit, sent?: FormState): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const seen = await seeDossier(ctx, actor, String(req.params['code']));
  const { dossier, owed } = seen;
  const fees = owed.filter(({ obligation }) => !isTax(obligation));
  const taxes = owed.filter(({ obligation }) => isTax(obligation));
  const form = sent ?? { ...emptyForm, values: startingFields(taxes.at(-1)?.notice, await lastTreasury(visit)) };
  return (
    <OfficerPage visit={visit} title={`${t('dossier')} ${dossier.code}`} unit={await unitOf(visit)} look="explained dossier">
      <link rel="stylesheet" href="/assets/dossier.css" />
      <header class="head">
        <h1 class="small muted" safe>
          {t('dossierPage')}
        </h1>
        <p class="dossier-name">
          <strong safe>{dossier.code}</strong> <span safe>{dossier.applicantName}</span>
        </p>
      </header>
      <Told visit={visit} />
      <div class="two">
        <div class="stack wide">
          <Owed visit={visit} code={dossier.code} owed={fees} heading={t('owedToUnit')} nothing={t('noFeesOfDossier')} />
          <Owed visit={visit} code={dossier.code} owed={taxes} heading={t('owedToTreasury')} nothing={t('noTaxesOfDossier')} />
        </div>
        <aside class="stack wide">
          {can(actor, 'issue') ? (
            <TaxNoticeForm visit={visit} action={dossierAddress(dossier.code, '/tax-notices')} form={form} numbers={replaceable(seen)} />
          ) : (
            ''
          )}
        </aside>
      </div>
    </OfficerPage>
  );
}

interface OwedGiven {
  visit: OfficerVisit;
  code: string;
  owed: readonly OwedOfDossier[];
  heading: string;
  nothing: string;
}

const Owed = ({ visit, code, owed, heading, nothing }: OwedGiven): JSX.Element => (
  <section>
    <h2 safe>{heading}</h2>
    {owed.length === 0 ? (
      <p class="muted" safe>
        {nothing}
      </p>
    ) : (
      <ol class="lines owed">
        {owed.map((one) => (
          <DossierOwed visit={visit} code={code} owed={one} />
        ))}
      </ol>
    )}
  </section>
);

/** What was done just now, or why it was refused. */
function Told({ visit: { req, t, language } }: { visit: OfficerVisit }): JSX.Element {
  if (req.method !== 'GET') return <></>;
  const done = askedText(req, 'done');
  const refused = Object.entries(refusals).find(([code]) => code === askedText(req, 'refused'));
  if (refused)
    return (
      <p class="fault" role="alert">
        {refused[1][language]}
      </p>
    );
  if (done !== 'recorded' && done !== 'withdrawn') return <></>;
  return (
    <p class="done" role="status" safe>
      {t(done === 'recorded' ? 'noticeRecorded' : 'noticeWithdrawn')}
    </p>
  );
}

/** The numbers of the notices that no standing notice has replaced. */
function replaceable({ owed }: SeenDossier): string[] {
  const standing = new Set(owed.filter(({ obligation }) => !obligation.cancelled).map(({ obligation }) => obligation.id));
  const numbers = owed.flatMap(({ notice }) => (notice && !standing.has(notice.replacedBy?.obligationId ?? '') ? [notice.number] : []));
  return [...new Set(numbers)];
}

async function lastTreasury({ ctx }: OfficerVisit) {
  return (await ctx.store.tables.accounts.list()).findLast(({ purpose }) => purpose === 'treasury');
}
