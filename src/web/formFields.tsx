// Fields of a form with their label, hint and what is wrong with them; and the check that turns sent text into typed values.
import { z } from 'zod';
import { isNameText, isSoundText, longestName } from '../domain/text';
import type { Label, Translate } from './labels';
import type { Fields } from './screen';

/** A form as it is shown: what was sent before, and what was wrong with it. */
export interface FormState {
  values: Fields;
  /** By field, in the reader's language. */
  errors: Readonly<Record<string, string>>;
}

export const emptyForm: FormState = { values: {}, errors: {} };

/** One line of text; its refusals are labels. */
export const lineField = (longest: number, shape?: RegExp) => {
  const missing: Label = 'fieldRequired';
  const long: Label = 'fieldTooLong';
  const wrong: Label = 'fieldShape';
  return z
    .string({ error: missing })
    .min(1, missing)
    .max(longest, long)
    .refine((text) => isSoundText(text) && (shape?.test(text) ?? true), wrong);
};

/** One of a list. */
export const choiceField = <Choice extends string>(choices: readonly Choice[]) => {
  const missing: Label = 'fieldRequired';
  return z.string({ error: missing }).transform((text, check) => {
    const choice = choices.find((one) => one === text);
    return choice ?? (check.addIssue(missing), z.NEVER);
  });
};

export const loginField = lineField(40, /^[a-z0-9][a-z0-9._-]{2,}$/);
export const nameField = lineField(longestName).refine(isNameText, 'fieldShape' satisfies Label);

/** Typed values, or the form again with the first thing that is wrong with each field. */
export function checkForm<T>(schema: z.ZodType<T>, sent: Fields, t: Translate): { ok: true; value: T } | { ok: false; form: FormState } {
  const read = schema.safeParse(sent);
  if (read.success) return { ok: true, value: read.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of read.error.issues) errors[path.join('.')] ??= t(message as Label);
  return { ok: false, form: { values: sent, errors } };
}

interface FieldGiven {
  form: FormState;
  name: string;
  label: string;
  hint?: string;
}

type TextGiven = FieldGiven & { type?: string; autocomplete?: string; maxlength?: number; optional?: boolean };

export const TextField = ({
  form,
  name,
  label,
  hint,
  type = 'text',
  autocomplete = 'off',
  maxlength = 200,
  optional,
}: TextGiven): JSX.Element => (
  <label>
    <span safe>{label}</span>
    <input
      name={name}
      type={type}
      value={type === 'password' ? '' : (form.values[name] ?? '')}
      autocomplete={autocomplete}
      autocapitalize="none"
      maxlength={maxlength}
      required={!optional}
      aria-invalid={name in form.errors ? 'true' : undefined}
    />
    <FieldNotes error={form.errors[name]} hint={hint} />
  </label>
);

type ChoiceGiven = FieldGiven & { choices: readonly (readonly [value: string, words: string])[]; empty?: string; optional?: boolean };

export const ChoiceField = ({ form, name, label, hint, choices, empty, optional }: ChoiceGiven): JSX.Element => (
  <label>
    <span safe>{label}</span>
    <select name={name} required={!optional} aria-invalid={name in form.errors ? 'true' : undefined}>
      {empty === undefined ? (
        ''
      ) : (
        <option value="" safe>
          {empty}
        </option>
      )}
      {choices.map(([value, words]) => (
        <option value={value} selected={form.values[name] === value} safe>
          {words}
        </option>
      ))}
    </select>
    <FieldNotes error={form.errors[name]} hint={hint} />
  </label>
);

/** Below a field: what is wrong with it, and what it wants. */
export const FieldNotes = ({ error, hint }: { error: string | undefined; hint: string | undefined }): JSX.Element => (
  <>
    {error ? (
      <span class="field-error" safe>
        {error}
      </span>
    ) : (
      ''
    )}
    {hint ? (
      <span class="field-hint" safe>
        {hint}
      </span>
    ) : (
      ''
    )}
  </>
);

/** Stands on top of a form that was sent back. */
export const FormErrors = ({ form, t }: { form: FormState; t: Translate }): JSX.Element =>
  Object.keys(form.errors).length === 0 ? (
    <></>
  ) : (
    <p class="refusal refusal-what" role="alert" safe>
      {t('formHasErrors')}
    </p>
  );
