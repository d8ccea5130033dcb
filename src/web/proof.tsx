// The proof of a match in plain words: the rule, what was read in the content and how, and why each obligation took it or not.
import { firstRuleSetId } from '../domain/ruleSet';
import { inDong } from './format';
import type { Translate } from './labels';
import { MarkedContent } from './markedContent';
import { proofViewOf, type ProofCandidate, type ProofView } from './proofView';

type Proven = Parameters<typeof proofViewOf>[0];

/** For the page of an obligation: with the content, opened where somebody asks why. */
export const FoldedProof = ({ transaction, t }: { transaction: Proven; t: Translate }): JSX.Element => (
  <details class="whole">
    <summary safe>{t('whyMatched')}</summary>
    <dl class="facts proof">
      <dt safe>{t('transferContent')}</dt>
      <dd class="break">
        <ReadContent transaction={transaction} t={t} />
      </dd>
      <ProofFacts transaction={transaction} t={t} />
    </dl>
  </details>
);

/** The content with what was read in it marked. */
export function ReadContent({ transaction, t }: { transaction: Proven; t: Translate }): JSX.Element {
  const view = proofViewOf(transaction);
  return transaction.content ? (
    <MarkedContent content={transaction.content} found={view ? foundIn(view) : []} />
  ) : (
    <span class="muted" safe>
      {t('noContent')}
    </span>
  );
}

/** Terms of a list: the rule, the readings, and every obligation that was looked at. */
export function ProofFacts({ transaction, t }: { transaction: Proven; t: Translate }): JSX.Element {
  const view = proofViewOf(transaction);
  return view ? <Facts view={view} t={t} /> : <NoProof t={t} />;
}

/** The letters behind references that somebody was given; where there are none, behind every one that was read. */
function foundIn({ readings, candidates }: ProofView): string[] {
  const issued = readings.filter(({ reference }) => candidates.some((candidate) => candidate.reference === reference));
  return (issued.length > 0 ? issued : readings).map((reading) => reading.found);
}

const NoProof = ({ t }: { t: Translate }): JSX.Element => (
  <>
    <dt safe>{t('matchingRule')}</dt>
    <dd safe>{t('noProof')}</dd>
  </>
);

const Facts = ({ view, t }: { view: ProofView; t: Translate }): JSX.Element => (
  <>
    <dt safe>{t('matchingRule')}</dt>
    <dd>
      <span safe>{ruleWords(view, t)}</span>
      <span class={`small block ${view.holds ? 'muted' : 'bad'}`} safe>
        {`${t('ruleVersion')} ${view.version} · ${t(view.holds ? 'proofHolds' : 'proofDiffers')}`}
      </span>
      <a class="small" href={view.ruleSetId === firstRuleSetId ? '/rules' : `/rules/${encodeURIComponent(view.ruleSetId)}`} safe>
        {t(view.ruleSetId === firstRuleSetId ? 'rulesFirst' : 'rulesOfProof')}
      </a>
    </dd>
    <dt safe>{t('referencesFound')}</dt>
    <dd>
      {view.readings.length === 0 ? (
        <span safe>{t('none')}</span>
      ) : (
        <ul class="plain-list">
          {view.readings.map(({ reference, how, found }) => (
            <li>
              <span class="code" safe>
                {reference}
              </span>{' '}
              <span class="small muted" safe>
                {how === 'exact' ? t('how_exact') : `${t(`how_${how}`)}: ${found}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </dd>
    <dt safe>{t('obligationsLookedAt')}</dt>
    <dd>{view.candidates.length === 0 ? <span safe>{t('none')}</span> : <Candidates candidates={view.candidates} t={t} />}</dd>
  </>
);

function ruleWords({ rule, why }: ProofView, t: Translate): string {
  if (rule) return t(`rule_${rule}`);
  return `${t('noRule')}: ${t(why ? `why_${why}` : 'why_unknown')}.`;
}

const Candidates = ({ candidates, t }: { candidates: readonly ProofCandidate[]; t: Translate }): JSX.Element => (
  <ul class="plain-list">
    {candidates.map((candidate) => (
      <li>
        <a class="code" href={`/obligations/${candidate.obligationId}`} safe>
          {candidate.reference}
        </a>{' '}
        <span class={candidate.share && !owedNothing(candidate) ? 'good' : ''} safe>
          {verdictOf(candidate, t)}
        </span>
        <span class="small muted block" safe>
          {[t(`namedBy_${candidate.by}`), candidate.outstanding && `${t('owedThen')} ${inDong(candidate.outstanding)}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </li>
    ))}
  </ul>
);

/** It was named, and its share is too much: all of it waits for a person. */
const owedNothing = ({ share, outstanding }: ProofCandidate): boolean => share !== undefined && outstanding?.isZero() === true;

function verdictOf(candidate: ProofCandidate, t: Translate): string {
  const { share, rejected } = candidate;
  if (share && owedNothing(candidate)) return `${t('namedFor')} ${inDong(share)}, ${t('rejected_nothing_outstanding')}`;
  if (share) return `${t('tookShare')} ${inDong(share)}`;
  return rejected ? `${t('tookNothing')}: ${t(`rejected_${rejected}`)}` : t('tookNothing');
}
