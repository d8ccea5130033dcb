// The door for banks: raw bytes in, the provider's own acknowledgement out; plain node:http in front of Express.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { webhookReceiver } from '../actions/receiveWebhook';
import type { Context } from '../context';
import { Problem } from '../problems';
import { answerProblem } from './answer';
import { bytesOf } from './body';

const prefix = '/webhooks/';

export const isWebhook = (req: IncomingMessage): boolean => req.url?.startsWith(prefix) ?? false;

export function webhookDoor(ctx: Context): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const receive = webhookReceiver(ctx);
  return async (req, res) => {
    try {
      const { method = 'GET', url = '', rawHeaders } = req;
      const provider = ctx.providerNamed(url.slice(prefix.length).replace(/\?.*$/s, ''));
      if (!provider) throw new Problem('provider_unknown');
      if (req.headers['content-encoding'] !== undefined) throw new Problem('media_type_unsupported', 'content-encoding');
      const answer = await receive(provider, { method, url, rawHeaders, body: await bytesOf(req) });
      res.writeHead(answer.status, answer.contentType ? { 'content-type': answer.contentType } : {}).end(answer.body);
    } catch (error) {
      if (!req.complete) res.setHeader('connection', 'close');
      answerProblem(ctx, res, error, randomUUID());
    }
  };
}
