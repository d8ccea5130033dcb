// The list of layouts. A new bank is one folder and one line here.
import { acb } from './acb';
import { agribank } from './agribank';
import { bidv } from './bidv';
import { mb } from './mb';
import type { StatementLayout } from './reader';
import { sacombank } from './sacombank';
import { techcombank } from './techcombank';
import { tpbank } from './tpbank';
import { vib } from './vib';
import { vietcombank } from './vietcombank';
import { vietinbank } from './vietinbank';

export const bankLayouts: readonly StatementLayout[] = [
  ...vietcombank,
  ...bidv,
  ...vietinbank,
  ...agribank,
  ...mb,
  ...techcombank,
  ...acb,
  ...tpbank,
  ...vib,
  ...sacombank,
];
