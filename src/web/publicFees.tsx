// The public list of fees: every procedure of a unit on a day, by sector, for anybody.
import type { Children } from '@kitajs/html';
import { listPublishedFees, type PublishedProcedure } from '../actions/publishedFees';
import { withoutMarks } from '../domain/contentLetters';
import { LanguageSwitch, Page } from './layout';
import { feeAddress, publicationAsked } from './publicFeeView';
import { askedText } from './query';
import { isByNotice, isNameless, type Fee } from '../domain/fee';
import { reducedRule } from '../domain/feeReduced';
import { say } from './counterLabels';
import { rateLines } from './feeRates';
import type { Shown, Visit } from './screen';
import { isBetween, type Day } from '../domain/time';

export async function showPublicFees(visit: Visit): Promise<Shown> {
  const { ctx, req, t } = visit;
  const asked = publicationAsked(req, ctx.now());
  const wanted = askedText(req, 'q');
  const all = await listPublishedFees(ctx.store, asked);
  const found = wanted === undefined ? all : all.filter((one) => isFound(one, wanted));
  const agencyCode = all[0]?.agency.code ?? asked.agencyCode ?? '';
  return (
    <PublicPage visit={visit} title={t('publicFees')}>
      <h1 safe>{t('publicFees')}</h1>
      <p class="muted" safe>
        {t('publicFeesLead')}
      </p>
      <form class="fee-question" action="/fees">
        <UnitAndDay visit={visit} agencyCode={agencyCode} agencies={await agenciesOn(visit, asked.on)} on={asked.on} />
        <label class="grow">
          <span safe>{t('feeSearch')}</span>
          <input type="search" name="q" value={wanted ?? ''} placeholder={t('feeSearchHint')} maxlength="100" />
        </label>
        <button class="primary" safe>
          {t('feeShow')}
        </button>
      </form>
      {found.length === 0 ? (
        <p class="empty" safe>
          {t('feeNoneFound')}
        </p>
      ) : (
        sectorsOf(found).map(([name, procedures]) => <Sector visit={visit} name={name} procedures={procedures} />)
      )}
    </PublicPage>
  );
}

/** The frame of all public fee pages. */
export function PublicPage({ visit, title, children }: { visit: Visit; title: string; children: Children }): JSX.Element {
  return (
    <Page visit={visit} title={title} look="public-fees">
      <link rel="stylesheet" href="/assets/publicFees.css" />
      <header class="bar no-print">
        <nav aria-label={visit.t('mainMenu')}>
          <a href="/fees" safe>
            {visit.t('publicFees')}
          </a>
        </nav>
        <LanguageSwitch visit={visit} />
      </header>
      <main id="main">{children}</main>
    </Page>
  );
}

interface UnitAndDayGiven {
  visit: Visit;
  agencies: readonly { code: string; name: string }[];
  agencyCode: string;
  on: Day;
}

export const UnitAndDay = ({ visit: { t }, agencies, agencyCode, on }: UnitAndDayGiven): JSX.Element => (
  <>
    <label class="grow">
      <span safe>{t('feeUnit')}</span>
      <select name="agency">
        {agencies.map(({ code, name }) => (
          <option value={code} selected={code === agencyCode} safe>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span safe>{t('feeDay')}</span>
      <input type="date" name="on" value={on} required />
    </label>
  </>
);

export const agenciesOn = async ({ ctx }: Visit, on: Day) =>
  (await ctx.store.tables.agencies.list()).filter((agency) => isBetween(on, agency.validFrom, agency.validTo));

function Sector({ visit, name, procedures }: { visit: Visit; name: string; procedures: readonly PublishedProcedure[] }): JSX.Element {
  return (
    <section class="fee-sector">
      <h2 safe>{name}</h2>
      <ul>
        {procedures.map(({ procedure, agency, on, fees }) => (
          <li>
            <a href={feeAddress(procedure.code, { agency: agency.code, on })} safe>
              {procedure.name}
            </a>
            <span class="small muted block" safe>
              {[procedure.code, ...fees.map(({ fee }) => briefRate(visit, fee, { on, localityCode: agency.localityCode }))].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `Lệ phí: 25.000 ₫ (mức quy định 50.000 ₫)`: what a counter charges that day; where there are several rates, the first. */
function briefRate(visit: Visit, fee: Fee, { on, localityCode }: { on: Day; localityCode: string }): string {
  const { t } = visit;
  if (isNameless(fee) && fee.rule.type === 'free') return t('feeFree');
  if (isByNotice(fee)) return t('kind_thue');
  const first = (rule: Fee['rule']): string => {
    const [line, ...more] = rateLines(rule, visit);
    return line ? `${line.rate}${more.length > 0 ? ' …' : ''}` : t('feeNotKnown');
  };
  const reduced = reducedRule(fee, { channel: 'counter', on, localityCode });
  const rate = reduced ? `${first(reduced.rule)} (${say(t('feeBaseRate'), { rate: first(fee.rule) })})` : first(fee.rule);
  return `${t(`kind_${fee.kind}`)}: ${rate}`;
}

function sectorsOf(found: readonly PublishedProcedure[]): [string, PublishedProcedure[]][] {
  const sectors = new Map<string, PublishedProcedure[]>();
  for (const one of found) sectors.set(one.sectorName, [...(sectors.get(one.sectorName) ?? []), one]);
  return [...sectors];
}

const isFound = ({ procedure, sectorName }: PublishedProcedure, wanted: string): boolean =>
  plain(`${procedure.code} ${procedure.name} ${sectorName}`).includes(plain(wanted));

const plain = (text: string): string => withoutMarks(text).toLowerCase();
