// A receipt as paper on a screen: what the law asks for, in Vietnamese, whatever the language of the screen around it.
import { amountInWords } from '../domain/amountInWords';
import { spacedLookupCode } from '../domain/lookupCode';
import type { ReceiptContent } from '../domain/receipt';
import { numberText } from '../domain/receiptSymbol';
import { dayInWords, methodsInWords, nameInWords, receiptTitles } from '../domain/receiptWords';
import { dayOf } from '../domain/time';
import { inDate, inDong, inTime } from './format';

interface Given {
  content: ReceiptContent;
  /** What stands across a receipt that does not stand any more. */
  mark: string | undefined;
}

export const ReceiptPaper = ({ content, mark }: Given): JSX.Element => (
  <article class="receipt-paper" lang="vi" aria-label={receiptTitles[content.kind]}>
    <header>
      <div>
        <p class="strong" safe>
          {content.collector.name}
        </p>
        <p safe>{`Mã số thuế: ${content.collector.taxCode}`}</p>
        <p safe>{content.collector.unit}</p>
      </div>
      <dl>
        <dt>Ký hiệu mẫu</dt>
        <dd>{content.template}</dd>
        <dt>Ký hiệu</dt>
        <dd safe>{content.symbol}</dd>
        <dt>Số</dt>
        <dd safe>{numberText(content.number)}</dd>
      </dl>
    </header>
    <h2 safe>{receiptTitles[content.kind]}</h2>
    <p class="receipt-day" safe>
      {`${dayInWords(dayOf(content.issuedAt))}, ${inTime(content.issuedAt)}`}
    </p>
    {mark ? (
      <p class="receipt-mark" safe>
        {mark}
      </p>
    ) : (
      ''
    )}
    <dl class="facts">
      {factsOf(content).map(([label, value]) => (
        <>
          <dt safe>{label}</dt>
          <dd safe>{value}</dd>
        </>
      ))}
    </dl>
    <Lines content={content} />
    <p safe>{`Bằng chữ: ${amountInWords(content.total)}`}</p>
    {content.replaces ? (
      <p safe>
        {`Thay thế biên lai ${nameInWords(content.replaces)}, lập ngày ${inDate(content.replaces.issuedOn)}. Lý do: ${content.replaces.reason}`}
      </p>
    ) : (
      ''
    )}
    <p class="small" safe>{`Mã tra cứu: ${spacedLookupCode(content.lookupCode)}`}</p>
  </article>
);

const factsOf = (content: ReceiptContent): readonly (readonly [string, string])[] => [
  ...(content.payerName ? [['Người nộp', content.payerName] as const] : []),
  ['Mã hồ sơ', content.dossierCode],
  ['Mã nộp tiền', content.reference],
  ['Hình thức nộp', methodsInWords(content)],
];

const Lines = ({ content: { lines, total } }: { content: ReceiptContent }): JSX.Element => (
  <table>
    <thead>
      <tr>
        <th>Khoản thu</th>
        <th class="amount">Số lượng</th>
        <th class="amount">Số tiền</th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => (
        <tr>
          <td safe>{line.name}</td>
          <td class="amount" safe>
            {String(line.quantity)}
          </td>
          <td class="amount" safe>
            {inDong(line.amount)}
          </td>
        </tr>
      ))}
    </tbody>
    <tfoot>
      <tr>
        <td colspan={2}>Tổng cộng</td>
        <td class="amount" safe>
          {inDong(total)}
        </td>
      </tr>
    </tfoot>
  </table>
);
