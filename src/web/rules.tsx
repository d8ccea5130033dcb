// The matching rules in force in plain words, what was in force before, and what was drafted.
import { seeRules, type SeenRules } from '../actions/seeRules';
import { firstRules, type DraftedRuleSet } from '../domain/ruleSet';
import { say } from './counterLabels';
import { inDateTime } from './format';
import { OfficerPage } from './layout';
import { differenceWords, nameIn, setAddress, setName } from './ruleWords';
import { RuleTable } from './ruleTable';
import type { OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

export async function showRules(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const seen = await seeRules(ctx, actor);
  return (
    <OfficerPage visit={visit} title={t('rules')} unit={await unitOf(visit)} look="rules">
      <link rel="stylesheet" href="/assets/rules.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('rulesTitle')}
        </h1>
        {seen.mayDraft ? (
          <a class="button primary" href="/rules/new" data-key="F2">
            <kbd>F2</kbd> <span safe>{t('rulesNew')}</span>
          </a>
        ) : (
          ''
        )}
      </div>
      <InForce seen={seen} visit={visit} />
      <p class="muted lead" safe>
        {t('rulesLead')}
      </p>
      <RuleTable rules={seen.inForce} t={t} />
      <Drafts seen={seen} visit={visit} />
      <History seen={seen} visit={visit} />
    </OfficerPage>
  );
}

interface Given {
  seen: SeenRules;
  visit: OfficerVisit;
}

const InForce = ({ seen: { inForce, draft }, visit: { t } }: Given): JSX.Element => (
  <p class="rules-now">
    <span class="rule-way rule-acts">
      <span aria-hidden="true">✔</span> <span safe>{`${t('rulesInForce')}: ${nameIn(inForce, draft, t)}`}</span>
    </span>{' '}
    {draft?.adoption ? (
      <a href={setAddress(draft.id)} safe>
        {say(t('rulesSince'), { at: inDateTime(draft.adoption.at) })}
      </a>
    ) : (
      ''
    )}
  </p>
);

const Drafts = ({ seen: { sets, names }, visit: { t } }: Given): JSX.Element => {
  const drafts = sets.filter(({ adoption, withdrawal }) => !adoption && !withdrawal);
  return (
    <section>
      <h2 safe>{t('rulesDrafts')}</h2>
      {drafts.length === 0 ? (
        <p class="empty" safe>
          {t('rulesDraftsNone')}
        </p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th safe>{t('rulesSet')}</th>
              <th safe>{t('rulesAgainstFirst')}</th>
              <th safe>{t('rulesReason')}</th>
              <th safe>{t('rulesDrafted')}</th>
            </tr>
          </thead>
          <tbody>
            {drafts.map((set, place) => (
              <tr>
                <SetCells set={set} isFirst={place === 0} t={t} />
                <td class="break" data-label={t('rulesReason')} safe>
                  {set.reason}
                </td>
                <td data-label={t('rulesDrafted')}>
                  <span safe>{signedAs(set.draftedBy, names, t)}</span>
                  <span class="small muted block" safe>
                    {inDateTime(set.draftedAt)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

const SetCells = ({ set, isFirst, t }: { set: DraftedRuleSet; isFirst: boolean; t: OfficerVisit['t'] }): JSX.Element => (
  <>
    <td>
      <a class="strong nowrap" href={setAddress(set.id)} data-row data-first={isFirst} safe>
        {setName(set, t)}
      </a>
    </td>
    <td data-label={t('rulesAgainstFirst')} safe>
      {differenceWords(firstRules, set, t) || t('rulesNothingElse')}
    </td>
  </>
);

const History = ({ seen: { adopted, names }, visit: { t } }: Given): JSX.Element => (
  <section>
    <h2 safe>{t('rulesHistory')}</h2>
    {adopted.length === 0 ? (
      <p class="empty" safe>
        {t('rulesHistoryNone')}
      </p>
    ) : (
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('rulesSet')}</th>
            <th safe>{t('rulesAgainstFirst')}</th>
            <th safe>{t('rulesDrafted')}</th>
            <th safe>{t('rulesAdopted')}</th>
            <th safe>{t('rulesAdoptedWhy')}</th>
          </tr>
        </thead>
        <tbody>
          {adopted.map((set) => (
            <tr>
              <SetCells set={set} isFirst={false} t={t} />
              <td data-label={t('rulesDrafted')} safe>
                {signedAs(set.draftedBy, names, t)}
              </td>
              <td data-label={t('rulesAdopted')}>
                <span safe>{signedAs(set.adoption?.by ?? '', names, t)}</span>
                <span class="small muted block" safe>
                  {adoptedAt(set)}
                </span>
              </td>
              <td class="break" data-label={t('rulesAdoptedWhy')} safe>
                {set.adoption?.reason ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);

const adoptedAt = ({ adoption }: DraftedRuleSet): string => (adoption ? inDateTime(adoption.at) : '');
