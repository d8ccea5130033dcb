// Small parts that several screens share: the state of an obligation, its flags, and the way to the next page.
import { inDong } from './format';
import type { Translate } from './labels';
import { outstandingOf, statusOf, type Obligation, type PaymentFlag } from '../domain/obligation';

type Amounts = Parameters<typeof statusOf>[0];

/** `Đã thanh toán`, `Nộp thiếu 20.000 ₫`, `Nộp thừa 5.000 ₫`. */
export function stateWords(obligation: Amounts, t: Translate): string {
  const status = statusOf(obligation);
  const word = t(`status_${status}`);
  if (status === 'part_paid') return `${word} ${inDong(outstandingOf(obligation))}`;
  return status === 'overpaid' ? `${word} ${inDong(obligation.excess)}` : word;
}

/** Word, icon and colour together. */
export const State = ({ of, t, big }: { of: Amounts; t: Translate; big?: boolean }): JSX.Element => (
  <span class={`state state-${statusOf(of)}${big ? ' state-big' : ''}`} safe>
    {stateWords(of, t)}
  </span>
);

export const Flags = ({ of, t }: { of: readonly PaymentFlag[]; t: Translate }): JSX.Element => (
  <>
    {of.map((flag) => (
      <span class="flag" safe>
        {t(`flag_${flag}`)}
      </span>
    ))}
  </>
);

export type NamedFact = readonly [label: string, value: string | undefined];

/** A fact in a list of facts; nothing where it is not known. */
export const Fact = ({ label, value }: { label: string; value: string | undefined }): JSX.Element =>
  value ? (
    <>
      <dt safe>{label}</dt>
      <dd class="break" safe>
        {value}
      </dd>
    </>
  ) : (
    <></>
  );

export const Facts = ({ facts }: { facts: readonly NamedFact[] }): JSX.Element => (
  <dl class="facts">
    {facts.map(([label, value]) => (
      <Fact label={label} value={value} />
    ))}
  </dl>
);

/** One obligation of a list: its code, state and flags, and the way to everything about it. */
export const ObligationLink = ({ obligation, t }: { obligation: Obligation; t: Translate }): JSX.Element => (
  <span class="row tight">
    <a href={`/obligations/${obligation.id}`} safe>
      {obligation.reference}
    </a>
    <State of={obligation} t={t} />
    <Flags of={obligation.flags} t={t} />
  </span>
);

/** The address of the same page with some of its questions changed; empty ones are left out. */
export function addressOf(path: string, questions: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(questions).filter((question): question is [string, string] => Boolean(question[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

/** Of a dossier's page, or of a form on it. */
export const dossierAddress = (code: string, part = ''): string => `/dossiers/${encodeURIComponent(code)}${part}`;
