// The screens: mounted in front of nothing else than Express.
import type { Express, Request } from 'express';
import type { Context } from '../context';
import type { Actor } from '../domain/role';

export function mountWeb(_app: Express, _ctx: Context): void {}

export async function sessionActor(_ctx: Context, _req: Request): Promise<Actor | undefined> {
  return undefined;
}
