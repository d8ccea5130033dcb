// Mapping a layout that no reader knows: its header with some rows below, and over each column what it is.
import { mapLayout, seeUnknownLayout, statementColumns, type Mapping, type UnknownLayout } from '../actions/mapLayout';
import { longestName } from '../domain/text';
import { isSoundText } from '../domain/text';
import { Problem, refusals } from '../problems';
import { emptyForm, TextField, type FormState } from './formFields';
import { FormToken, OfficerPage } from './layout';
import type { Fields, OfficerVisit, Shown } from './screen';
import { statementAddress } from './statements';
import { unitOf } from './unit';

export const showStatementLayout = async (visit: OfficerVisit): Promise<Shown> => page(visit, await unknown(visit), emptyForm);

export async function takeStatementLayout(visit: OfficerVisit, fields: Fields): Promise<Shown> {
  const { ctx, actor, res, language, t } = visit;
  const seen = await unknown(visit);
  const name = (fields['name'] ?? '').normalize('NFC').trim();
  try {
    if (name === '' || name.length > longestName || !isSoundText(name))
      return page(visit, seen, { values: fields, errors: { name: t('fieldRequired') } });
    const { file } = await mapLayout(ctx, actor, seen.file.id, mappingIn(name, fields));
    return { redirect: statementAddress(file.id) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'layout_invalid') throw error;
    res.status(error.status);
    return page(visit, seen, { values: fields, errors: { columns: refusals[error.code][language] } });
  }
}

const unknown = ({ ctx, actor, req }: OfficerVisit): Promise<UnknownLayout> => seeUnknownLayout(ctx, actor, String(req.params['id']));

/** `column.3` is what the fourth column is. */
function mappingIn(name: string, fields: Fields): Mapping {
  const columns: Mapping['columns'][number][] = [];
  for (const [field, value] of Object.entries(fields)) {
    const place = /^column\.(\d{1,3})$/.exec(field)?.[1];
    if (place !== undefined) columns[Number(place)] = statementColumns.find((column) => column === value);
  }
  return {
    name,
    columns: Array.from(columns),
    debitIs: fields['debitIs'] === 'in' ? 'in' : 'out',
    fillsDatesDown: fields['fillsDatesDown'] === 'yes',
  };
}

async function page(visit: OfficerVisit, { file, sample }: UnknownLayout, form: FormState): Promise<Shown> {
  const { t } = visit;
  if (Object.keys(form.errors).length > 0) visit.res.status(400);
  return (
    <OfficerPage visit={visit} title={t('mapLayout')} unit={await unitOf(visit)} look="statements">
      <link rel="stylesheet" href="/assets/statements.css" />
      <p>
        <a href={statementAddress(file.id)} data-key="Escape" safe>
          {file.name}
        </a>
      </p>
      <h1 safe>{t('mapLayout')}</h1>
      <p class="muted lead" safe>
        {t('mapLead')}
      </p>
      {form.errors['columns'] ? (
        <p class="refusal refusal-what" role="alert" safe>
          {form.errors['columns']}
        </p>
      ) : (
        ''
      )}
      <MapForm id={file.id} sample={sample} form={form} visit={visit} />
    </OfficerPage>
  );
}

interface SampleGiven {
  sample: UnknownLayout['sample'];
  form: FormState;
  visit: OfficerVisit;
}

const MapForm = ({ id, sample, form, visit }: SampleGiven & { id: string }): JSX.Element => {
  const { t, formToken } = visit;
  return (
    <form method="post" action={statementAddress(id, '/layout')} class="map-layout">
      <FormToken token={formToken} />
      <TextField form={form} name="name" label={t('mapName')} />
      <Sample sample={sample} form={form} visit={visit} />
      <label>
        <span safe>{t('mapDebit')}</span>
        <select name="debitIs">
          <option value="out" safe>
            {t('mapDebitOut')}
          </option>
          <option value="in" selected={form.values['debitIs'] === 'in'} safe>
            {t('mapDebitIn')}
          </option>
        </select>
      </label>
      <label class="check">
        <input type="checkbox" name="fillsDatesDown" value="yes" checked={form.values['fillsDatesDown'] === 'yes'} />
        <span safe>{t('mapFill')}</span>
      </label>
      <button class="primary" safe>
        {t('mapSend')}
      </button>
    </form>
  );
};

const Sample = ({ sample: [header = [], ...rows], form, visit }: SampleGiven): JSX.Element => (
  <div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          {header.map((text, place) => (
            <th>
              <span class="block" safe>
                {text === '' ? '–' : text}
              </span>
              {text === '' ? (
                ''
              ) : (
                <ColumnChoice name={`column.${place}`} text={text} chosen={form.values[`column.${place}`]} visit={visit} />
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {header.map((_, place) => (
              <td safe>{row[place] ?? ''}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

interface ChoiceGiven {
  name: string;
  text: string;
  chosen: string | undefined;
  visit: OfficerVisit;
}

const ColumnChoice = ({ name, text, chosen, visit: { t } }: ChoiceGiven): JSX.Element => (
  <select name={name} aria-label={text}>
    <option value="" safe>
      {t('mapNothing')}
    </option>
    {statementColumns.map((column) => (
      <option value={column} selected={column === chosen} safe>
        {t(`column_${column}`)}
      </option>
    ))}
  </select>
);
