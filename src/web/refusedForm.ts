// A form whose act was refused: shown again with the refusal beside the field that it is about.
import { Problem, refusals, type ProblemCode } from '../problems';
import type { FormState } from './formFields';
import type { Fields, Visit } from './screen';

/** Undefined when it was done. Refusals that are about no field are thrown on. */
export async function refusedForm(
  { res, language }: Visit,
  act: Promise<unknown>,
  sent: Fields,
  places: { readonly [code in ProblemCode]?: string },
): Promise<FormState | undefined> {
  try {
    await act;
    return undefined;
  } catch (error) {
    const place = error instanceof Problem ? places[error.code] : undefined;
    if (!(error instanceof Problem) || place === undefined) throw error;
    res.status(error.status);
    return { values: sent, errors: { [place]: refusals[error.code][language] } };
  }
}
