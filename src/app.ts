// The HTTP server: webhooks on plain node:http first, Express for everything else.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { mountApi } from './api';
import { answerProblem } from './api/answer';
import { actorBehind } from './api/apiKey';
import { bytesOf, jsonOf } from './api/body';
import { counterFeed, type WhoAsks } from './api/counterFeed';
import { health, metrics } from './api/health';
import { mountStatementUpload } from './api/statements';
import { isWebhook, webhookDoor } from './api/webhooks';
import type { Context } from './context';
import { Problem } from './problems';
import { answerOnScreen, mountUploads, mountWeb, sessionActor, waitWords } from './web';

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 15_000;
/** Failed sign-ins a minute from one address: for one login, and for all (many officers share an office's address). */
const failuresPerLogin = 10;
const failuresPerAddress = 100;
/** In which failures are counted, and after which at the latest everybody behind an address is heard again. */
const windowMs = 60_000;
/** Look-up codes that name no receipt, and links that lead nowhere, a minute from one address. */
const lookupFailures = 30;
/** Reports of transfers that do not show, a minute from one address, whether they are taken or not. */
const claimsPerAddress = 10;
/** One-time codes asked for, a minute from one address; how many a dossier has is limited where they are made. */
const codesAsked = 20;

export function serverOf(ctx: Context): Server {
  const webhooks = webhookDoor(ctx);
  const app = appOf(ctx);
  const server = createServer((req, res) => void (isWebhook(req) ? webhooks(req, res) : app(req, res)));
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  return server;
}

/** No name of ours has a control character in it; PostgreSQL cannot even be asked for a text with a NUL. A receipt's code answers as any wrong one. */
function withoutControls(req: Request, _res: Response, next: NextFunction): void {
  if (!req.path.startsWith('/receipt/') && /%(?:[01][0-9a-f]|7f)/i.test(req.path)) throw new Problem('route_unknown');
  next();
}

function appOf(ctx: Context): Express {
  const app = express();
  app.set('trust proxy', ctx.config.trustedProxies);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(named, securityHeaders(ctx));
  app.use(withoutControls);
  const whoAsks: WhoAsks = async (req) => (await sessionActor(ctx, req)) ?? (await keyActor(ctx, req));
  app.get('/health', health(ctx, whoAsks));
  app.get('/metrics', metrics(ctx));
  app.get('/counters/:id/events', counterFeed(ctx, whoAsks));
  app.post('/receipt', failing(lookupFailures, addressOf));
  mountUploads(app, ctx, bytesOf);
  mountStatementUpload(app, ctx);
  app.use(readBody);
  app.use('/api', jsonBody);
  mountApi(app, ctx);
  app.post(
    '/sign-in',
    failing(failuresPerAddress, addressOf),
    failing(failuresPerLogin, (req) => `${addressOf(req)} ${loginIn(req)}`),
  );
  app.get(['/receipt/:code', '/receipt/:code/:file'], failing(lookupFailures, addressOf));
  app.post('/find', limited(codesAsked, addressOf));
  app.post('/find/code', failing(lookupFailures, addressOf));
  app.use('/pay/:token', failing(lookupFailures, addressOf));
  app.post('/pay/:token/claim', limited(claimsPerAddress, addressOf));
  mountWeb(app, ctx);
  app.use(() => {
    throw new Problem('route_unknown');
  });
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    const requestId = String(res.locals['requestId']);
    if (!req.complete) res.set('connection', 'close');
    if (isForPeople(req)) answerOnScreen(ctx, req, res, error, requestId);
    else answerProblem(ctx, res, error, requestId);
  });
  return app;
}

const isForPeople = (req: Request): boolean => !req.path.startsWith('/api/') && req.accepts(['json', 'html']) === 'html';

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

/** Doors get bytes, bounded; what they mean is theirs to say. */
async function readBody(req: Request, _res: Response, next: NextFunction): Promise<void> {
  if (req.method === 'POST') req.body = await bytesOf(req);
  next();
}

function jsonBody(req: Request, _res: Response, next: NextFunction): void {
  if (req.method !== 'POST') return next();
  if (!req.is('application/json')) throw new Problem('media_type_unsupported');
  req.body = jsonOf(req.body as Buffer);
  next();
}

/** Slows down guessing: after so many failures of one kind within a minute, more are refused for the rest of it. */
const failing = (limit: number, keyGenerator: (req: Request) => string) => limited(limit, keyGenerator, true);

/** The same for whatever is asked, answered or not. */
const limited = (limit: number, keyGenerator: (req: Request) => string, skipSuccessfulRequests = false) =>
  rateLimit({
    windowMs,
    limit,
    keyGenerator,
    skipSuccessfulRequests,
    standardHeaders: true,
    legacyHeaders: false,
    handler: (req, res) => {
      throw new Problem('rate_limited', waitWords(req, Number(res.getHeader('retry-after') ?? windowMs / 1_000)));
    },
  });

const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? '');
const loginIn = (req: Request): string => new URLSearchParams((req.body as Buffer).toString('utf8')).get('login') ?? '';
