// The HTTP server: webhooks on plain node:http first, Express for everything else.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { mountApi } from './api';
import { answerProblem } from './api/answer';
import { actorBehind } from './api/apiKey';
import { bytesOf, jsonOf } from './api/body';
import { counterFeed } from './api/counterFeed';
import { health, metrics } from './api/health';
import { isWebhook, webhookDoor } from './api/webhooks';
import type { Context } from './context';
import { Problem } from './problems';
import { mountWeb, sessionActor } from './web';

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 15_000;

export function serverOf(ctx: Context): Server {
  const webhooks = webhookDoor(ctx);
  const app = appOf(ctx);
  const server = createServer((req, res) => void (isWebhook(req) ? webhooks(req, res) : app(req, res)));
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  return server;
}

function appOf(ctx: Context): Express {
  const app = express();
  app.set('trust proxy', ctx.config.trustedProxies);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(named, securityHeaders(ctx));
  app.get('/health', health(ctx));
  app.get('/metrics', metrics(ctx));
  app.get(
    '/counters/:id/events',
    counterFeed(ctx, async (req) => (await sessionActor(ctx, req)) ?? (await keyActor(ctx, req))),
  );
  app.use('/api', jsonBody);
  mountApi(app, ctx);
  mountWeb(app, ctx);
  app.use(() => {
    throw new Problem('route_unknown');
  });
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) =>
    answerProblem(ctx, res, error, String(res.locals['requestId'])),
  );
  return app;
}

/** Every answer carries an id by which the log can be searched. */
function named(_req: Request, res: Response, next: NextFunction): void {
  const requestId = randomUUID();
  res.locals['requestId'] = requestId;
  res.setHeader('x-request-id', requestId);
  next();
}

const securityHeaders = (ctx: Context) =>
  helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: ctx.config.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: ctx.config.publicUrl.startsWith('https:'),
  });

async function keyActor(ctx: Context, req: Request) {
  return req.get('authorization') === undefined ? undefined : actorBehind(ctx, req);
}

async function jsonBody(req: Request, _res: Response, next: NextFunction): Promise<void> {
  if (req.method !== 'POST') return next();
  if (!req.is('application/json')) throw new Problem('media_type_unsupported');
  req.body = jsonOf(await bytesOf(req));
  next();
}
