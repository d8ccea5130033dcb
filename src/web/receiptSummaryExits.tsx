// The part of the same-day summary about receipts that are no longer valid: why, by which they were replaced, and what they take off the day.
import type { Agency } from '../domain/agency';
import { sumOf, zero } from '../domain/money';
import { receiptNameOf } from '../domain/receiptName';
import { takenOff, type SummaryExit } from '../domain/receiptSummary';
import { inDate, inDong } from './format';
import type { Translate } from './labels';

export const unitName = (agencies: readonly Agency[], agencyCode: string): string =>
  agencies.find(({ code }) => code === agencyCode)?.name ?? agencyCode;

type ExitsGiven = { exits: readonly SummaryExit[]; agencies: readonly Agency[]; t: Translate };

/** Each with what it takes off this day: nothing where the day of its notice had it already. */
export const Exits = ({ exits, agencies, t }: ExitsGiven): JSX.Element => (
  <section id="exits">
    <h2 safe>{t('exitsOfDay')}</h2>
    <table class="cards">
      <thead>
        <tr>
          <th safe>{t('receiptNumber')}</th>
          <th safe>{t('receiptDay')}</th>
          <th safe>{t('collectingUnit')}</th>
          <th safe>{t('replacedByReceipt')}</th>
          <th safe>{t('ground')}</th>
          <th class="amount" safe>
            {t('takenOff')}
          </th>
        </tr>
      </thead>
      <tbody>
        {exits.map((exit) => (
          <Exit exit={exit} unit={unitName(agencies, exit.receipt.agencyCode)} t={t} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colspan={5} class="name" safe>
            {t('allKindsTotal')}
          </td>
          <td class="amount" data-label={t('takenOff')} safe>
            {inDong(zero.minus(sumOf(exits.map(takenOff))))}
          </td>
        </tr>
      </tfoot>
    </table>
  </section>
);

function Exit({ exit, unit, t }: { exit: SummaryExit; unit: string; t: Translate }): JSX.Element {
  const { receipt, replacedBy, ground, isOutAlready } = exit;
  return (
    <tr>
      <td data-label={t('receiptNumber')}>
        <a href={`/receipts/${receiptNameOf(receipt)}`} safe>
          {receiptNameOf(receipt)}
        </a>
      </td>
      <td data-label={t('receiptDay')} safe>
        {inDate(receipt.issuedOn)}
      </td>
      <td data-label={t('collectingUnit')} safe>
        {unit}
      </td>
      <td data-label={t('replacedByReceipt')} safe>
        {replacedBy ? receiptNameOf(replacedBy) : t('noReplacement')}
      </td>
      <td data-label={t('ground')} safe>
        {isOutAlready ? `${t(`ground_${ground}`)} (${t('outAlready')})` : t(`ground_${ground}`)}
      </td>
      <td class="amount" data-label={t('takenOff')} safe>
        {inDong(zero.minus(takenOff(exit)))}
      </td>
    </tr>
  );
}
