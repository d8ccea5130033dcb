// Somebody at a browser without scripts: signs in, opens screens, sends forms with the token that the screen carries.
import request from 'supertest';
import type { Service } from '../../src/serve';

export interface Visitor {
  get(path: string): request.Test;
  /** Sends a form; pages of officers want the token first, which is taken from `/ratios`. */
  post(path: string, fields: Record<string, string>): Promise<request.Response>;
}

export async function visitorAt(service: Pick<Service, 'server'>, login?: string, password = 'demo'): Promise<Visitor> {
  const cookie = login === undefined ? '' : await cookieOf(service, login, password);
  const get = (path: string) => request(service.server).get(path).set('accept', 'text/html').set('cookie', cookie);
  return {
    get,
    post: async (path, fields) => {
      const formToken = login === undefined ? undefined : /name="formToken" value="([^"]+)"/.exec((await get('/ratios')).text)?.[1];
      return request(service.server)
        .post(path)
        .set('accept', 'text/html')
        .set('cookie', cookie)
        .type('form')
        .send({ ...fields, ...(formToken ? { formToken } : {}) });
    },
  };
}

async function cookieOf(service: Pick<Service, 'server'>, login: string, password: string): Promise<string> {
  const answer = await request(service.server).post('/sign-in').type('form').send({ login, password });
  if (answer.status !== 303) throw new Error(`${login} could not sign in: ${answer.status}`);
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

/** What a reader sees of a page, in one line. */
export const textOf = (html: string): string =>
  html
    .replace(/<(style|script)[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
