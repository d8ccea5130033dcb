// What the first set-up asks for, checked field by field, and the office that it makes.
import { z } from 'zod';
import type { FirstOffice } from '../actions/setUpOffice';
import { shortestPassword } from '../actions/signIn';
import type { Context } from '../context';
import { agencyKinds, type PaidOnlineFlag } from '../domain/agency';
import { banks } from '../domain/banks';
import { isTaxCode } from '../domain/collector';
import { choiceField, lineField, loginField, nameField } from './formFields';
import type { Label } from './labels';

export const flags = ['0', '1', '2'] as const;

/** A secret that could be guessed would let anybody say that money came. */
const shortestSecret = 16;
const lastProvince = 63;

const short: Label = 'passwordShort';
const differ: Label = 'passwordsDiffer';
const secretShort: Label = 'secretShort';
const required: Label = 'fieldRequired';
const shape: Label = 'fieldShape';

/** Whether an account may do without a secret of its own: some provider has a default one. */
export const hasDefaultSecret = (ctx: Context): boolean => Object.values(ctx.config.webhookSecrets).some((secrets) => secrets.length > 0);

export const setupFields = (ctx: Context) =>
  z
    .object({
      agencyCode: lineField(64, /^[A-Za-z0-9][\w.-]*$/),
      agencyName: nameField,
      taxCode: z
        .string()
        .refine((text) => text === '' || isTaxCode(text), shape)
        .default(''),
      agencyKind: choiceField(agencyKinds),
      localityCode: lineField(3, /^H\d\d$/).refine((text) => isProvince(text), shape),
      dynamicQrFlag: choiceField(flags),
      counterName: nameField,
      bankBin: choiceField(banks.map((bank) => bank.bin)),
      accountNumber: lineField(19, /^[0-9A-Za-z]+$/),
      accountName: nameField,
      provider: hasDefaultSecret(ctx) ? choiceField(['', ...ctx.providerNames]) : choiceField(ctx.providerNames),
      secret: z.string().max(200).default(''),
      login: loginField,
      name: nameField,
      password: z
        .string({ error: required })
        .max(200)
        .refine((text) => Array.from(text).length >= shortestPassword, short),
      passwordAgain: z.string({ error: required }),
    })
    .refine(({ password, passwordAgain }) => password === passwordAgain, { path: ['passwordAgain'], message: differ, when: () => true })
    .refine(({ provider, secret }) => !provider || secret.length >= shortestSecret, {
      path: ['secret'],
      message: secretShort,
      when: () => true,
    });

export type SetupAnswers = z.output<ReturnType<typeof setupFields>>;

const isProvince = (code: string): boolean => Number(code.slice(1)) >= 1 && Number(code.slice(1)) <= lastProvince;

export const toOffice = (answers: SetupAnswers): FirstOffice => ({
  agency: {
    code: answers.agencyCode,
    name: answers.agencyName,
    kind: answers.agencyKind,
    localityCode: answers.localityCode,
    dynamicQrFlag: Number(answers.dynamicQrFlag) as PaidOnlineFlag,
  },
  counterName: answers.counterName,
  account: { bankBin: answers.bankBin, accountNumber: answers.accountNumber, accountName: answers.accountName },
  ...(answers.taxCode ? { taxCode: answers.taxCode } : {}),
  ...(answers.provider ? { provider: { name: answers.provider, secret: answers.secret } } : {}),
  administrator: { login: answers.login, name: answers.name, password: answers.password },
});
