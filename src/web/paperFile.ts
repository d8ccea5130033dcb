// Writes a paper in one of its forms, piece by piece.
import type { WritePaper } from '../domain/paper';
import { paperCsv } from './paperCsv';
import { paperPdf } from './paperPdf';
import { paperXlsx } from './paperXlsx';

export const writePaper: WritePaper = (form, source, printed) => {
  if (form === 'csv') return paperCsv(source);
  return form === 'xlsx' ? paperXlsx(source, printed) : paperPdf(source, printed);
};
