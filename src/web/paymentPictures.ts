// The pictures of a payment request's QR code: public under an address that cannot be guessed, and never changing.
import type { RequestHandler, Response } from 'express';
import type { Context } from '../context';
import { Problem } from '../problems';
import { qrPng, qrSvg } from './qr';

const forGood = 'public, max-age=31536000, immutable';

export const svgPicture = (ctx: Context): RequestHandler =>
  picture(ctx, async (payload, res) => void res.type('image/svg+xml').send(qrSvg(payload)));

export const pngPicture = (ctx: Context): RequestHandler =>
  picture(ctx, async (payload, res) => void res.type('image/png').send(await qrPng(payload)));

const picture =
  (ctx: Context, send: (payload: string, res: Response) => Promise<void>): RequestHandler =>
  async (req, res) => {
    const request = await ctx.store.tables.paymentRequests.find(String(req.params['id']));
    if (!request) throw new Problem('payment_request_unknown');
    res.set('cache-control', forGood);
    await send(request.payload, res);
  };
