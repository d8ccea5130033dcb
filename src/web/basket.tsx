// Making a basket: an officer names the dossiers or references that are paid together, and gets the page with one code for all.
import { obligationInSight } from '../actions/demand';
import { makeBasket } from '../actions/makeBasket';
import { parseDossierCode } from '../domain/dossier';
import { isPayable, isTax } from '../domain/obligation';
import { normalForm } from '../domain/reference';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { FormToken, OfficerPage } from './layout';
import { askedText } from './query';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const longestText = 2_000;

/** `?with=` begins with one. */
export async function showBasketForm(visit: OfficerVisit): Promise<Shown> {
  return basketForm(visit, askedText(visit.req, 'with') ?? '');
}

/** Each line names a dossier, with all that it still owes, or one obligation by its reference. A refusal keeps what was typed. */
export async function takeBasket(visit: OfficerVisit, { named = '' }: Fields): Promise<Shown> {
  const { ctx, actor, res, language } = visit;
  try {
    const lines = named
      .slice(0, longestText)
      .split(/[\s,;]+/)
      .filter((line) => line !== '');
    const found = await Promise.all(lines.map((line) => obligationsNamed(visit, line)));
    const missing = lines.find((_, place) => found[place]?.length === 0);
    if (missing !== undefined) return refused(visit, named, say(visit.t('basketUnknown'), { line: missing }));
    return { redirect: (await makeBasket(ctx, { actor, obligationIds: found.flat() })).url };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'bug') throw error;
    res.status(error.status);
    return refused(visit, named, refusals[error.code][language]);
  }
}

/** Of fees, and still to be paid. */
async function obligationsNamed({ ctx, actor }: OfficerVisit, line: string): Promise<string[]> {
  const { dossiers, obligations } = ctx.store.tables;
  const code = parseDossierCode(line);
  const dossier = code.ok ? await dossiers.findByNormalForm(code.normalForm) : undefined;
  const own = dossier ? await obligations.ofDossier(dossier.id) : [];
  const named = dossier ? own.filter((one) => isPayable(one) && !isTax(one)).map(({ id }) => id) : await byReference(ctx, line);
  const seen = await Promise.all(named.map((id) => obligationInSight(ctx.store.tables, actor, id).catch(ignoreProblem)));
  return seen.flatMap((one) => one?.id ?? []);
}

const byReference = async ({ store }: OfficerVisit['ctx'], line: string): Promise<string[]> =>
  (await store.tables.obligations.named([normalForm(line)])).map(({ obligationId }) => obligationId);

function ignoreProblem(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
  return undefined;
}

function refused(visit: OfficerVisit, named: string, why: string): Promise<Shown> {
  if (visit.res.statusCode < 400) visit.res.status(400);
  return basketForm(visit, named, why);
}

async function basketForm(visit: OfficerVisit, named: string, why?: string): Promise<Shown> {
  const { t, formToken } = visit;
  return (
    <OfficerPage visit={visit} title={t('basketMake')} unit={await unitOf(visit)}>
      <form method="post" action="/baskets" class="stack card" data-once>
        <FormToken token={formToken} />
        <h1 safe>{t('basketMake')}</h1>
        <label>
          <span safe>{t('basketNamed')}</span>
          <textarea
            name="named"
            rows="6"
            required
            maxlength={longestText}
            autofocus
            spellcheck="false"
            aria-invalid={why ? 'true' : undefined}
            safe
          >
            {named}
          </textarea>
          <span class="field-hint" safe>
            {t('basketNamedHint')}
          </span>
        </label>
        {why === undefined ? (
          ''
        ) : (
          <p class="fault" role="alert" safe>
            {why}
          </p>
        )}
        <button class="primary" safe>
          {t('basketAct')}
        </button>
      </form>
    </OfficerPage>
  );
}
