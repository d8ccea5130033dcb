// The choice of a counter, for officers who have none of their own or sit at another one today.
import { demand, sightOf } from '../actions/demand';
import { OfficerPage } from './layout';
import type { OfficerVisit, Shown } from './screen';

export async function showCounterChoice(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, t } = visit;
  demand(actor, 'issue');
  const { agencies } = ctx.store.tables;
  const all = await agencies.list();
  const seen = (await sightOf(ctx.store.tables, actor)) ?? all.map((agency) => agency.code);
  const counters = await agencies.listCounters(seen);
  return (
    <OfficerPage visit={visit} title={t('chooseCounter')}>
      <div class="card">
        <h1 safe>{t('chooseCounter')}</h1>
        {counters.length === 0 ? (
          <p class="muted" safe>
            {t('counterNone')}
          </p>
        ) : (
          <nav class="stack" aria-label={t('chooseCounter')}>
            {counters.map((counter) => (
              <a class="button" href={`/counter?counter=${encodeURIComponent(counter.id)}`}>
                <span safe>{counter.name}</span>
                <span class="small muted" safe>
                  {all.find((agency) => agency.code === counter.agencyCode)?.name ?? counter.agencyCode}
                </span>
              </a>
            ))}
          </nav>
        )}
      </div>
    </OfficerPage>
  );
}
