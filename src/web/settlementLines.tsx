// The lines of a payout, each beside our own payment, with what differs.
import type { JudgedLine, SeenSettlement } from '../actions/seeSettlements';
import { say } from './counterLabels';
import { inDate, inDong } from './format';
import type { Translate } from './labels';

/** More than anybody reads; the differences can be seen alone. */
export const mostLines = 500;

export function Lines({ seen: { lines, settlement }, isShort, t }: { seen: SeenSettlement; isShort: boolean; t: Translate }): JSX.Element {
  const differing = lines.filter(({ difference }) => difference !== undefined);
  const shown = isShort ? differing : lines;
  return (
    <section>
      <div class="row head">
        <h2 class="grow" safe>
          {say(t('settlementLines'), { count: String(lines.length) })}
        </h2>
        {differing.length === 0 ? (
          <span class="state state-paid" safe>
            {t('settlementNoDifference')}
          </span>
        ) : (
          <>
            <span class="state state-part_paid" safe>
              {say(t('settlementDifferences'), { count: String(differing.length) })}
            </span>
            <a href={`/settlements/${settlement.id}${isShort ? '' : '?only=differences'}`} safe>
              {t(isShort ? 'settlementAllLines' : 'settlementOnlyDifferences')}
            </a>
          </>
        )}
      </div>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('settlementKind')}</th>
            <th safe>{t('settlementNumber')}</th>
            <th safe>{t('settlementDay')}</th>
            <th class="amount" safe>
              {t('settlementGross')}
            </th>
            <th class="amount" safe>
              {t('settlementFee')}
            </th>
            <th class="amount" safe>
              {t('settlementNet')}
            </th>
            <th safe>{t('settlementOurs')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, mostLines).map((one, place) => (
            <Line judged={one} isFirst={place === 0} t={t} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const Line = ({
  judged: { line, movement, difference },
  isFirst,
  t,
}: {
  judged: JudgedLine;
  isFirst: boolean;
  t: Translate;
}): JSX.Element => (
  <tr>
    <td data-label={t('settlementKind')} safe>
      {t(`settlementKind_${line.kind}`)}
    </td>
    <td class="break" data-label={t('settlementNumber')} safe>
      {line.gatewayId ?? line.orderId ?? '–'}
    </td>
    <td class="nowrap" data-label={t('settlementDay')} safe>
      {inDate(line.day)}
    </td>
    <td class="amount" data-label={t('settlementGross')} safe>
      {inDong(line.gross)}
    </td>
    <td class="amount" data-label={t('settlementFee')} safe>
      {inDong(line.fee)}
    </td>
    <td class="amount" data-label={t('settlementNet')} safe>
      {inDong(line.net)}
    </td>
    <td data-label={t('settlementOurs')}>
      {movement ? (
        <a href={`/transactions/${movement.id}`} data-row data-first={isFirst} safe>
          {inDong(movement.amount)}
        </a>
      ) : (
        ''
      )}{' '}
      {difference ? (
        <span class="state state-part_paid" safe>
          {t(`settlementDifference_${difference}`)}
        </span>
      ) : (
        ''
      )}
    </td>
  </tr>
);
