// A paper as a screen: what it is about, its first rows with their links, what it makes, and the ways to its files.
import { paperSource, type PaperQuestion } from '../actions/paperSource';
import { amountInWords } from '../domain/amountInWords';
import { paperForms, type PaperColumn, type PaperFoot, type PaperKind, type PaperRow, type PaperSource } from '../domain/paper';
import { say } from './counterLabels';
import { inDong } from './format';
import type { Language } from './labels';
import { FormToken, OfficerPage } from './layout';
import { choicesOf, PaperChoice } from './paperParts';
import { kindIn, paperAddress, questionIn } from './paperQuestion';
import { shownCell, shownFact } from './paperText';
import { paperTitle, paperWords } from './paperWords';
import { PrintedBy } from './receiptParts';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

/** So many rows one reads; of a longer paper the rest is in its files. */
const mostShown = 1_000;

export async function showPaper(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t, language } = visit;
  const kind = kindIn(String(req.params['kind']));
  const question = questionIn(visit, kind);
  const isChosen = kind !== 'minutes' || question.accountId !== undefined;
  const source = isChosen ? await paperSource(ctx, actor, question) : undefined;
  const read = source && (await rowsIn(source));
  const choices = await choicesOf(visit);
  return (
    <OfficerPage visit={visit} title={paperTitle(kind, language)} unit={await unitOf(visit)} look="papers">
      <link rel="stylesheet" href="/assets/papers.css" />
      <div class="head">
        <h1 safe>{paperTitle(kind, language)}</h1>
      </div>
      <PaperChoice question={question} visit={visit} {...choices} />
      {source && read ? (
        <Body {...read} source={source} question={question} visit={visit} />
      ) : (
        <p class="empty" safe>
          {t('paperChoose')}
        </p>
      )}
      <PrintedBy visit={visit} />
    </OfficerPage>
  );
}

interface RowsRead {
  rows: readonly PaperRow[];
  foot: PaperFoot;
}

function Body({
  source,
  question,
  visit,
  rows,
  foot,
}: RowsRead & { source: PaperSource; question: PaperQuestion; visit: OfficerVisit }): JSX.Element {
  const { t, language } = visit;
  const { frame } = source;
  const count = foot.rowCount;
  return (
    <>
      <div class="row paper-about">
        <div class="grow">
          <p class="strong" safe>
            {frame.unit}
          </p>
          <p class="small muted break" safe>
            {[...(frame.isDraft ? [paperWords('fact draft', language)] : []), ...factsOf(source, language)].join(' · ')}
          </p>
        </div>
        <Files question={question} visit={visit} />
      </div>
      <Total foot={foot} visit={visit} />
      {isLong(source) ? (
        <p class="paper-few" role="status" safe>
          {say(t('paperFew'), { shown: String(rows.length), count: String(count) })}
        </p>
      ) : (
        ''
      )}
      {count === 0 && rows.every(({ isSum }) => isSum) ? (
        <p class="empty" safe>
          {t('paperEmpty')}
        </p>
      ) : (
        <Rows columns={frame.columns} rows={rows} kind={frame.kind} language={language} />
      )}
    </>
  );
}

const factsOf = ({ frame }: PaperSource, language: Language): string[] =>
  frame.facts.map((fact) => [paperWords(`fact ${fact.name}`, language), shownFact(fact)].filter(Boolean).join(': '));

const isLong = ({ expected }: PaperSource): boolean => expected > mostShown;

/** All rows of a short paper; of a long one the first. What all of them make is said either way. */
async function rowsIn(source: PaperSource): Promise<RowsRead> {
  const rows: PaperRow[] = [];
  const all = source.rows();
  for (;;) {
    const next = await all.next();
    if (next.done) return { rows, foot: next.value };
    rows.push(...next.value);
    if (isLong(source) && rows.length >= mostShown) return { rows: rows.slice(0, mostShown), foot: await source.foot() };
  }
}

const Total = ({ foot: { total, rowCount }, visit: { t, language } }: { foot: PaperFoot; visit: OfficerVisit }): JSX.Element => (
  <p class="paper-total">
    <span safe>{`${t('paperTotal')}: `}</span>
    <strong safe>{inDong(total)}</strong>
    <span class="muted" safe>{` · ${say(t('paperRows'), { count: String(rowCount) })}`}</span>
    {total.dong < 0n || language === 'en' ? (
      ''
    ) : (
      <span class="small muted block" safe>
        {amountInWords(total)}
      </span>
    )}
  </p>
);

const Files = ({ question, visit: { t, formToken } }: { question: PaperQuestion; visit: OfficerVisit }): JSX.Element => (
  <form method="post" action={paperAddress(question)} class="row no-print">
    <FormToken token={formToken} />
    <span class="small muted" safe>
      {t('paperExport')}
    </span>
    {paperForms.map((form) => (
      <button name="form" value={form} safe>
        {t(`paperAs_${form}`)}
      </button>
    ))}
  </form>
);

interface RowsGiven {
  columns: readonly PaperColumn[];
  rows: readonly PaperRow[];
  kind: PaperKind;
  language: Language;
}

/** A date and the number of a receipt stay in one piece. */
function lookOf(column: PaperColumn, isLinked: boolean): string {
  if (isRight(column)) return 'amount';
  return isLinked || column.kind === 'day' || column.kind === 'moment' ? 'nowrap' : 'break';
}

const isRight = ({ kind }: PaperColumn): boolean => kind === 'amount' || kind === 'count';

const Rows = ({ columns, rows, kind, language }: RowsGiven): JSX.Element => (
  <div class="scroll" tabindex="0">
    <table class={`paper-rows paper-${kind}`}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th class={isRight(column) ? 'amount' : undefined} safe>
              {paperWords(`column ${column.name}`, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          <>
            {row.section === rows[place - 1]?.section ? '' : <SectionRow section={row.section} columns={columns} language={language} />}
            <Row row={row} columns={columns} language={language} />
          </>
        ))}
      </tbody>
    </table>
  </div>
);

const SectionRow = ({
  section,
  columns,
  language,
}: {
  section: string;
  columns: readonly PaperColumn[];
  language: Language;
}): JSX.Element => (
  <tr class="paper-section">
    <th colspan={columns.length} scope="rowgroup" safe>
      {paperWords(`section ${section}`, language)}
    </th>
  </tr>
);

/** The first text of a row leads to what it is about. */
const Row = ({ row, columns, language }: { row: PaperRow; columns: readonly PaperColumn[]; language: Language }): JSX.Element => {
  const linked = columns.findIndex(({ kind }) => kind === 'text' || kind === 'moment');
  return (
    <tr class={row.isSum ? 'total' : undefined}>
      {columns.map((column, place) => (
        <td class={lookOf(column, place === linked)}>
          {row.href !== undefined && place === linked ? (
            <a href={row.href} data-row safe>
              {shownCell(row.cells[place], column, language)}
            </a>
          ) : (
            <span safe>{shownCell(row.cells[place], column, language)}</span>
          )}
        </td>
      ))}
    </tr>
  );
};
