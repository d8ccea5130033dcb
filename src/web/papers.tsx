// The screen of papers: which one, of whom and for which days, and the files that are written in the background, one of them with its progress.
import { listExports, seeExport } from '../actions/exportPaper';
import { isUnwritten } from '../domain/paperExport';
import { inMoment } from './format';
import { OfficerPage } from './layout';
import { choicesOf, ExportActs, ExportList, ExportState, exportTitle, PaperChoice } from './paperParts';
import { questionIn } from './paperQuestion';
import { isFragment, type OfficerVisit, type Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

export async function showPapers(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const exports = await listExports(ctx, actor);
  const names = await ctx.store.tables.officers.listNames();
  const choices = await choicesOf(visit);
  return (
    <OfficerPage visit={visit} title={t('papers')} unit={await unitOf(visit)} look="papers">
      <link rel="stylesheet" href="/assets/papers.css" />
      <div class="head">
        <h1 safe>{t('papers')}</h1>
        <p class="muted" safe>
          {t('papersLead')}
        </p>
      </div>
      <PaperChoice question={questionIn(visit, 'daily_list')} visit={visit} {...choices} />
      <h2 safe>{t('exports')}</h2>
      <ExportList exports={exports} names={names} visit={visit} t={t} />
    </OfficerPage>
  );
}

/** Asked for again every second until it has ended: then the whole page is shown anew. */
export async function showExport(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const one = await seeExport(ctx, actor, String(req.params['id']));
  const address = `/papers/exports/${one.id}`;
  const isOpen = isUnwritten(one);
  const state = isOpen ? (
    <div id="export-state" hx-get={address} hx-trigger="every 1s" hx-swap="outerHTML">
      <ExportState one={one} visit={visit} />
    </div>
  ) : (
    <div id="export-state">
      <ExportState one={one} visit={visit} />
    </div>
  );
  if (isFragment(req)) return isOpen ? state : { redirect: address };
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={exportTitle(one, visit)} unit={await unitOf(visit)} look="papers">
      <link rel="stylesheet" href="/assets/papers.css" />
      <p>
        <a href="/papers" data-key="Escape" safe>
          {t('papers')}
        </a>
      </p>
      <div class="head">
        <h1 safe>{exportTitle(one, visit)}</h1>
        <p class="muted" safe>
          {`${t(`paperAs_${one.form}`)} · ${signedAs(one.askedBy, names, t)} · ${inMoment(one.askedAt)}`}
        </p>
      </div>
      <section class="stack">
        {state}
        {isOpen ? (
          <p class="small muted" safe>
            {t('exportLater')}
          </p>
        ) : (
          ''
        )}
        <div>
          <ExportActs one={one} visit={visit} />
        </div>
      </section>
    </OfficerPage>
  );
}
