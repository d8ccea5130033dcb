// A route of the JSON API as a value: what it takes, who may call it, what it does; mounted by Express and described by OpenAPI alike.
import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import { once, onceAfterwards, type KeyedRequest } from '../actions/once';
import type { Context } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { actorBehind } from './apiKey';

/** What reaches a route once it is checked. */
export interface Input<Body, Query> {
  params: Record<string, string>;
  body: Body;
  query: Query;
  actor: Actor;
}

interface Common<Query> {
  path: string;
  summary: string;
  query: z.ZodType<Query>;
}

/** A reading route answers 200 with what `read` returns. */
export interface Reading<Query> extends Common<Query> {
  method: 'get';
  /** Answered to everybody, without a key. */
  isPublic?: boolean;
  read(ctx: Context, input: Input<undefined, Query>): Promise<unknown>;
}

/** A writing route: `act` writes in exactly one transaction unless it `callsOut`, `present` words its result; together they may be kept under an Idempotency-Key. */
export interface Writing<Body, Result> extends Common<Record<string, never>> {
  method: 'post';
  status: 200 | 201;
  body: z.ZodType<Body>;
  act(ctx: Context, input: Input<Body, Record<string, never>>): Promise<Result>;
  /** Whether it asks somebody outside between several transactions. */
  callsOut?(body: Body): boolean;
  present(ctx: Context, result: Result): unknown;
}

export type Route = Reading<never> | Writing<never, never>;

/** Keeps the types of one route, and forgets them for the list. */
export const reading = <Query>(route: Omit<Reading<Query>, 'method'>): Route => ({ ...route, method: 'get' }) as unknown as Route;
export const writing = <Body, Result>(route: Omit<Writing<Body, Result>, 'method' | 'query'>): Route =>
  ({ ...route, method: 'post', query: z.strictObject({}) }) as unknown as Route;

export function mount(app: Express, ctx: Context, route: Route): void {
  app[route.method](route.path, async (req: Request, res: Response) => {
    const actor = route.method === 'get' && route.isPublic ? nobody : await actorBehind(ctx, req);
    const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
    const query = checked(route.query, req.query) as never;
    if (route.method === 'get') return void res.json(await route.read(ctx, { params, query, actor, body: undefined }));
    const body = checked(route.body, req.body) as never;
    const act = (inside: Context) => route.act(inside, { params, query, actor, body });
    const present = (result: never) => ({ status: route.status, body: JSON.stringify(route.present(ctx, result)) });
    const onlyOnce = route.callsOut?.(body) ? onceAfterwards : once;
    const answer = await onlyOnce(ctx, keyedRequest(req, actor, JSON.stringify(req.body)), act, present);
    res.status(answer.status).type('application/json').send(answer.body);
  });
}

const nobody: Actor = { kind: 'system', name: 'public' };
const longestKey = 255;

/** The value in its typed form; throws request_invalid naming every field that is wrong. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      path: path.join('.'),
      message: issue.code === 'unrecognized_keys' ? 'not a field of this request' : issue.message,
    }));
  });
  throw new Problem('request_invalid', errors.map((error) => error.path).join(', '), errors);
}

/** `content`: everything that the request asks, as text. */
export function keyedRequest(req: Request, actor: Actor, content: string): KeyedRequest | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > longestKey || /[^\x20-\x7e]/.test(key)) {
    throw new Problem('request_invalid', 'Idempotency-Key', [{ path: 'Idempotency-Key', message: `1 to ${longestKey} plain characters` }]);
  }
  return { principal: signatureOf(actor), key, content: `${req.method} ${req.path}\n${content}` };
}
