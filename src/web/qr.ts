// Pictures of a QR code: SVG for screens and paper, PNG for sharing.
import QRCode from 'qrcode';

/** Level M mends 15 % of damage; a quiet zone of four modules is what ISO/IEC 18004 asks of every code. */
const errorCorrectionLevel = 'M';
const quietZone = 4;
const pngWidth = 600;

/**
 * The code of `payload` as one `<svg>` element that fills its container and stays sharp at any size. Black on white whatever the theme
 * of the page: many phones do not read a light code on a dark ground. Throws when `payload` is empty or too long for a QR code.
 */
export function qrSvg(payload: string): string {
  const { modules } = QRCode.create(payload, { errorCorrectionLevel });
  const width = widthOf(modules);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges" role="img" aria-label="Mã VietQR">` +
    `<path fill="#ffffff" d="M0 0h${width}v${width}H0z"/><path fill="#000000" d="${darkRuns(modules)}"/></svg>`
  );
}

/** The code of `payload` as a PNG about 600 pixels wide. Each module is a whole number of pixels, so that no edge is blurred. */
export function qrPng(payload: string): Promise<Buffer> {
  const { modules } = QRCode.create(payload, { errorCorrectionLevel });
  const scale = Math.max(1, Math.round(pngWidth / widthOf(modules)));
  const color = { dark: '#000000ff', light: '#ffffffff' };
  return QRCode.toBuffer(payload, { type: 'png', errorCorrectionLevel, margin: quietZone, scale, color });
}

const widthOf = (modules: QRCode.BitMatrix): number => modules.size + 2 * quietZone;

/** One rectangle per unbroken run of dark modules in a row. */
function darkRuns(modules: QRCode.BitMatrix): string {
  const rows = Array.from({ length: modules.size }, (_, y) => rowOf(modules, y));
  return rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => rectangle(run.index + quietZone, y + quietZone, run[0].length)))
    .join('');
}

const rowOf = (modules: QRCode.BitMatrix, y: number): string =>
  Array.from({ length: modules.size }, (_, x) => (modules.get(y, x) ? '1' : '0')).join('');

const rectangle = (x: number, y: number, width: number): string => `M${x} ${y}h${width}v1h-${width}z`;
