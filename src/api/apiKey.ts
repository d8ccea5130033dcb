// Who calls the JSON API: the holder of the bearer key.
import type { Request } from 'express';
import { keyHolder } from '../actions/signIn';
import type { Context } from '../context';
import type { Actor } from '../domain/role';
import { Problem } from '../problems';

const longestKey = 200;

/** Throws key_required. */
export async function actorBehind(ctx: Context, req: Request): Promise<Actor> {
  const key = /^Bearer ([\x21-\x7e]+)$/.exec(req.get('authorization') ?? '')?.[1];
  const actor = key !== undefined && key.length <= longestKey ? await keyHolder(ctx, key) : undefined;
  if (!actor) throw new Problem('key_required');
  return actor;
}
