// Reads PDF files as another program would, and prints what it found as JSON: texts with their places and sizes, and the QR codes it sees.
import { readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import jsQR from 'jsqr';
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';

const scale = 2;

const files = await Promise.all(process.argv.slice(2).map(read));
process.stdout.write(JSON.stringify(files));

async function read(file) {
  const pdf = await pdfjs.getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: pdfjs.VerbosityLevel.ERRORS }).promise;
  const { info } = await pdf.getMetadata();
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await pageOf(await pdf.getPage(number)));
  return { title: info.Title, language: info.Language, pages };
}

async function pageOf(page) {
  const { items } = await page.getTextContent();
  const viewport = page.getViewport({ scale });
  const texts = items
    .filter(({ str }) => str.trim() !== '')
    .map(({ str: text, transform: [, , , size, x, y], width }) => ({ text, size, x, y, width }));
  const [, , width, height] = page.view;
  return { width, height, texts, code: await codeOn(page, viewport) };
}

/** What a phone reads from the sheet. */
async function codeOn(page, viewport) {
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const canvasContext = canvas.getContext('2d');
  await page.render({ canvas: null, canvasContext, viewport, background: '#ffffff' }).promise;
  const { data, width, height } = canvasContext.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, width, height)?.data;
}
