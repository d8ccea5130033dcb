// The fee schedule for those who keep it: found by procedure, sector, agency and day, with what waits for approval on top.
import { proceduresOnPage, seeSchedule, type SeenSchedule, type WaitingVersion } from '../actions/seeFees';
import type { Fee } from '../domain/fee';
import { can } from '../domain/role';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { ChargedRates, feeAddress, localityWords, Rates, Signed, spanWords, versionAddress } from './feeParts';
import { inDateTime } from './format';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showFeeSchedule(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const text = askedText(req, 'q');
  const sectorCode = askedText(req, 'sector');
  const agencyCode = askedText(req, 'agency');
  const on = askedDay(req, 'on') ?? dayOf(ctx.now());
  const page = pageAsked(askedText(req, 'page'));
  const seen = await seeSchedule(ctx, {
    actor,
    on,
    page,
    ...(text === undefined ? {} : { text }),
    ...(sectorCode === undefined ? {} : { sectorCode }),
    ...(agencyCode === undefined ? {} : { agencyCode }),
  });
  const questions = { q: text, sector: sectorCode, agency: agencyCode, on };
  return (
    <OfficerPage visit={visit} title={t('feeSchedule')} unit={await unitOf(visit)} look="fee-desk">
      <link rel="stylesheet" href="/assets/feeDesk.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('feeSchedule')}
        </h1>
        <a class="button quiet" href="/fee-publication" safe>
          {t('feeCompleteness')}
        </a>
        {can(actor, 'draft_fees') ? (
          <a class="button" href="/fee-import" safe>
            {t('feeImport')}
          </a>
        ) : (
          ''
        )}
      </div>
      <p class="muted lead" safe>
        {t('feeScheduleLead')}
      </p>
      <Waiting seen={seen} visit={visit} />
      <Search seen={seen} on={on} text={text} sectorCode={sectorCode} visit={visit} />
      <p class="muted" safe>
        {say(t('proceduresFound'), { count: String(seen.found) })}
      </p>
      {seen.procedures.map((one) => (
        <ProcedureSection {...one} on={on} localityCode={seen.agency.localityCode} visit={visit} />
      ))}
      <Pages found={seen.found} page={page} questions={questions} visit={visit} />
    </OfficerPage>
  );
}

type ProcedureGiven = SeenSchedule['procedures'][number] & Omit<FeeTableGiven, 'fees'>;

const ProcedureSection = ({ procedure, fees, on, localityCode, visit }: ProcedureGiven): JSX.Element => (
  <section class="procedure">
    <h2 class="fee-name">
      <span class="muted nowrap" safe>
        {procedure.code}
      </span>{' '}
      <span safe>{procedure.name}</span>
    </h2>
    {fees.length === 0 ? (
      <p class="muted" safe>
        {visit.t('noFeeThatDay')}
      </p>
    ) : (
      <FeeTable fees={fees} on={on} localityCode={localityCode} visit={visit} />
    )}
    {can(visit.actor, 'draft_fees') ? (
      <p class="small">
        {(['phi', 'le_phi'] as const).map((kind) => (
          <a class="quiet" href={addressOf('/fee-schedule/draft', { procedure: procedure.code, kind })} safe>
            {`${visit.t('draftNewFee')}: ${visit.t(`kind_${kind}`)}`}
          </a>
        ))}
      </p>
    ) : (
      ''
    )}
  </section>
);

function pageAsked(text: string | undefined): number {
  const page = Number(text ?? '1');
  if (!Number.isInteger(page) || page < 1 || page > 10_000) throw new Problem('request_invalid', 'page');
  return page - 1;
}

const Waiting = ({ seen: { waiting, names }, visit }: { seen: SeenSchedule; visit: OfficerVisit }): JSX.Element =>
  waiting.length === 0 ? (
    <></>
  ) : (
    <section class="fee-waiting">
      <h2 safe>{`${visit.t('waitingVersions')}: ${waiting.length}`}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{visit.t('fee')}</th>
            <th safe>{visit.t('waitingWas')}</th>
            <th safe>{visit.t('waitingWill')}</th>
            <th safe>{visit.t('versionDraftedBy')}</th>
            <th safe>{visit.t('lookTwice')}</th>
          </tr>
        </thead>
        <tbody>
          {waiting.map((one) => (
            <WaitingRow waiting={one} names={names} visit={visit} />
          ))}
        </tbody>
      </table>
    </section>
  );

interface WaitingGiven {
  waiting: WaitingVersion;
  names: SeenSchedule['names'];
  visit: OfficerVisit;
}

const WaitingRow = ({ waiting: { version, before, warnings }, names, visit }: WaitingGiven): JSX.Element => {
  const { t } = visit;
  return (
    <tr>
      <td class="name">
        <a href={versionAddress(version.id)} safe>
          {version.fee.name}
        </a>
        <span class="small muted block" safe>
          {`${version.fee.procedureCode} · ${version.procedureName}`}
        </span>
      </td>
      <td data-label={t('waitingWas')}>{before ? <Rates fee={before} words={visit} /> : <span safe>{t('versionNothingBefore')}</span>}</td>
      <td data-label={t('waitingWill')}>
        <Rates fee={version.fee} words={visit} />
        <span class="small muted block" safe>
          {spanWords(version.fee, visit)}
        </span>
      </td>
      <td data-label={t('versionDraftedBy')}>
        <Signed by={version.draftedBy} at={inDateTime(version.draftedAt)} names={names} visit={visit} />
      </td>
      <td class={warnings.length > 0 ? 'care' : ''} data-label={t('lookTwice')} safe>
        {warnings.map((warning) => t(`warning_${warning}`)).join(' ') || '–'}
      </td>
    </tr>
  );
};

interface SearchGiven {
  seen: SeenSchedule;
  on: Day;
  text: string | undefined;
  sectorCode: string | undefined;
  visit: OfficerVisit;
}

const Search = ({ seen, on, text, sectorCode, visit: { t } }: SearchGiven): JSX.Element => (
  <form method="get" action="/fee-schedule" class="fee-search" role="search">
    <label class="grow">
      <span safe>{t('feeSearch')}</span>
      <input name="q" value={text ?? ''} maxlength="200" placeholder={t('feeSearchHint')} />
    </label>
    <label>
      <span safe>{t('sector')}</span>
      <select name="sector">
        <option value="" safe>
          {t('allSectors')}
        </option>
        {seen.sectors.map(({ code, name }) => (
          <option value={code} selected={code === sectorCode} safe>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span safe>{t('agency')}</span>
      <select name="agency">
        {seen.agencies.map(({ code, name }) => (
          <option value={code} selected={code === seen.agency.code} safe>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span safe>{t('feeDay')}</span>
      <input type="date" name="on" value={on} required />
    </label>
    <button class="primary" safe>
      {t('feeShow')}
    </button>
  </form>
);

interface FeeTableGiven {
  fees: readonly Fee[];
  on: Day;
  localityCode: string;
  visit: OfficerVisit;
}

const FeeTable = ({ fees, on, localityCode, visit }: FeeTableGiven): JSX.Element => {
  const { t } = visit;
  return (
    <table class="cards fee-table">
      <thead>
        <tr>
          <th safe>{t('fee')}</th>
          <th safe>{t('rateCharged')}</th>
          <th safe>{t('validSpan')}</th>
          <th safe>{t('legalBasis')}</th>
        </tr>
      </thead>
      <tbody>
        {fees.map((fee) => (
          <tr>
            <td class="name">
              <a href={feeAddress(fee.id)} safe>
                {fee.name}
              </a>
              <span class="small muted block" safe>
                {`${t(`kind_${fee.kind}`)} · ${localityWords(fee.localityCode, visit)} · ${fee.id}`}
              </span>
            </td>
            <td data-label={t('rateCharged')}>
              <ChargedRates fee={fee} on={on} localityCode={localityCode} words={visit} />
            </td>
            <td data-label={t('validSpan')} safe>
              {spanWords(fee, visit)}
            </td>
            <td class="break" data-label={t('legalBasis')} safe>
              {fee.legalBasis.join('; ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

interface PagesGiven {
  found: number;
  page: number;
  questions: Readonly<Record<string, string | undefined>>;
  visit: OfficerVisit;
}

function Pages({ found, page, questions, visit: { t } }: PagesGiven): JSX.Element {
  const pages = Math.ceil(found / proceduresOnPage);
  if (pages < 2) return <></>;
  const at = (place: number): string => addressOf('/fee-schedule', { ...questions, page: String(place + 1) });
  return (
    <nav class="row pages" aria-label={say(t('pageOf'), { page: String(page + 1), pages: String(pages) })}>
      {page > 0 ? (
        <a class="button" href={at(page - 1)} safe>
          {t('pageBefore')}
        </a>
      ) : (
        ''
      )}
      <span safe>{say(t('pageOf'), { page: String(page + 1), pages: String(pages) })}</span>
      {page < pages - 1 ? (
        <a class="button" href={at(page + 1)} safe>
          {t('pageAfter')}
        </a>
      ) : (
        ''
      )}
    </nav>
  );
}
