// What is wrong with a message, as a sentence for an officer; and everything that it told, as text.
import type { Delivery } from '../domain/delivery';
import type { Label, Translate } from './labels';

const sentences: Readonly<Record<string, Label>> = {
  contradicts_earlier: 'problem_contradicts_earlier',
  not_utf8: 'problem_not_utf8',
  not_json: 'problem_not_json',
  too_deep: 'problem_too_deep',
  duplicate_key: 'problem_duplicate_key',
  unexpected_shape: 'problem_unexpected_shape',
};

/** The field or the id that is meant stands behind it, in brackets. */
export function problemWords(delivery: Delivery, t: Translate): string {
  const { problem = '', state } = delivery;
  if (state === 'failed') return withDetail(t('problem_failed'), problem);
  const [reason = '', detail = ''] = problem.split(/: (.*)/s, 2);
  if (reason === 'needs_a_person') return withDetail(t(decisionOf(delivery)), detail);
  const sentence = sentences[reason];
  return sentence ? withDetail(t(sentence), detail) : withDetail(t('problem_unknown'), problem);
}

const withDetail = (sentence: string, detail: string): string => (detail ? `${sentence} (${detail})` : sentence);

/** What a person has to decide about. */
function decisionOf({ provider, target }: Delivery): Label {
  if (provider === 'stripe') return 'problem_dispute_won';
  if (provider !== 'vnpay') return 'problem_needs_a_person';
  const told = new URLSearchParams(queryOf(target));
  const codes = [told.get('vnp_ResponseCode'), told.get('vnp_TransactionStatus')];
  return codes.includes('07') ? 'problem_suspected' : 'problem_reversed';
}

/** The body; where there is none, the query, decoded, a line for each of its parameters. */
export function toldText({ body, target }: Pick<Delivery, 'body' | 'target'>): string {
  if (body.length > 0) return Buffer.from(body).toString('utf8');
  return [...new URLSearchParams(queryOf(target))].map(([name, value]) => `${name} = ${value}`).join('\n');
}

const queryOf = (target: string): string => target.split(/\?(.*)/s, 2)[1] ?? '';
