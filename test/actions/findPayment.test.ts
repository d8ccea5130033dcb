// Finding a payment without signing in: only whoever reads the contact's letters gets in, and nobody learns from the answers which dossiers there are.
import { askForCode, enterCode, forgetCodes, seeFound } from '../../src/actions/findPayment';
import { queueLetters } from '../../src/actions/queueLetters';
import { sendLetters } from '../../src/actions/sendLetters';
import type { Context } from '../../src/context';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { altered } from '../support/altered';
import { tell } from '../support/bank';
import { codeIn, memoryNotifier } from '../support/letters';
import { certifiedCopy, databases, freshDossierCode, openTestService, type TestService } from '../support/office';

const start = instantOf(Date.parse('2026-11-21T07:00:00Z'));
const minuteMs = 60_000;
const applicant = { name: 'Nguyễn Thị Hoàng Phương', email: 'phuong@example.vn' };

describe.each(databases)('finding a payment on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  const mail = memoryNotifier();
  beforeAll(async () => {
    now = start;
    service = await openTestService(kind, { replace: { now: () => now, notifier: mail.notifier } });
  });
  afterAll(() => service.end());

  const issued = async (changes: object = { applicant }) =>
    (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  const lettersNow = async () => {
    while ((await queueLetters(service.ctx)) > 0);
    while ((await sendLetters(service.ctx)) > 0);
    return mail.letters.splice(0).filter(({ subject }) => subject.endsWith('mã xác nhận'));
  };
  const codeFor = async (dossierCode: string): Promise<string> => {
    await askForCode(service.ctx, dossierCode);
    return codeIn((await lettersNow())[0]);
  };
  const enter = (dossierCode: string, code: string) => enterCode(service.ctx, dossierCode, code);
  const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  it('opens the dossier to the code from the letter, once', async () => {
    const { dossier } = await issued();
    const code = await codeFor(dossier.code);
    expect(code).toMatch(/^\d{6}$/);
    const session = await enter(dossier.code, ` ${code.slice(0, 3)} ${code.slice(3)} `);
    expect((await seeFound(service.ctx, session ?? ''))?.dossier.code).toBe(dossier.code);
    expect(await enter(dossier.code, code)).toBeUndefined();
  });

  it('shows every obligation with what happened, for a quarter of an hour, and of no other dossier', async () => {
    const { dossier, reference, id } = await issued();
    const stranger = await issued();
    await tell(service, { content: reference, amount: 1_000 }).expect(200);
    now = addMs(now, minuteMs);
    await tell(service, { content: reference, amount: 20_000 }).expect(200);
    const session = (await enter(dossier.code, await codeFor(dossier.code))) ?? '';
    const found = await seeFound(service.ctx, session);
    expect(found?.owed.map(({ obligation }) => obligation.id)).toEqual([id]);
    expect(found?.owed[0]?.happened.map(({ type }) => type)).toEqual(['obligation.issued', 'obligation.part_paid', 'obligation.paid']);
    expect(found?.owed[0]?.payPage).toContain(`/pay/${reference}-`);
    const [, until, mark] = session.split('.');
    const { dossierId = '' } = (await service.ctx.store.tables.obligations.find(stranger.id)) ?? {};
    expect(await seeFound(service.ctx, [dossierId, until, mark].join('.'))).toBeUndefined();
    expect(await seeFound(service.ctx, session.replace(String(until), String(Number(until) + 1)))).toBeUndefined();
    now = addMs(now, 15 * minuteMs);
    expect(await seeFound(service.ctx, session)).toBeUndefined();
  });

  it('takes no code after twenty minutes, nor one that was used, nor that of another dossier', async () => {
    const [one, two] = [await issued(), await issued()];
    const old = await codeFor(one.dossier.code);
    expect(await enter(one.dossier.code, old)).toBeDefined();
    const code = await codeFor(one.dossier.code);
    if (old !== code) expect(await enter(one.dossier.code, old)).toBeUndefined();
    await codeFor(two.dossier.code);
    expect(await enter(two.dossier.code, code)).toBeUndefined();
    now = addMs(now, 20 * minuteMs);
    expect(await enter(one.dossier.code, code)).toBeUndefined();
  });

  it('sends one code when it is asked for again while the first is on its way, and that one works', async () => {
    const { dossier } = await issued();
    await askForCode(service.ctx, dossier.code);
    const { send } = mail.notifier;
    let asksAgain = true;
    mail.notifier.send = async (letter) => {
      if (asksAgain && letter.subject.endsWith('mã xác nhận')) {
        asksAgain = false;
        now = addMs(now, 1_000);
        await askForCode(service.ctx, dossier.code);
      }
      return send(letter);
    };
    const letters = await lettersNow();
    mail.notifier.send = send;
    expect(letters).toHaveLength(1);
    expect(await enter(dossier.code, codeIn(letters[0]))).toBeDefined();
  });

  it('is never closed to the owner by strangers who ask: a code that was sent holds, and after it the next is sent', async () => {
    const { dossier } = await issued();
    const stranger = async (times: number): Promise<string[]> => {
      for (let ask = 0; ask < times; ask++) await askForCode(service.ctx, dossier.code);
      return (await lettersNow()).map(codeIn);
    };
    const [first = '', ...more] = await stranger(50);
    expect(more).toEqual([]);
    now = addMs(now, 19 * minuteMs);
    expect(await stranger(50)).toEqual([]);
    expect(await enter(dossier.code, first)).toBeDefined();
    for (let round = 0; round < 6; round++) {
      const sent = await stranger(20);
      expect(sent).toHaveLength(1);
      now = addMs(now, 20 * minuteMs);
    }
    expect(await enter(dossier.code, await codeFor(dossier.code))).toBeDefined();
  });

  it('sends at most six codes within an hour, also to whoever uses each at once', async () => {
    const { dossier } = await issued();
    const sent: number[] = [];
    for (let ask = 0; ask < 8; ask++) {
      await askForCode(service.ctx, dossier.code);
      const letters = await lettersNow();
      sent.push(letters.length);
      if (letters[0]) await enter(dossier.code, codeIn(letters[0]));
    }
    expect(sent).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    now = addMs(now, 60 * minuteMs);
    expect(await codeFor(dossier.code)).toMatch(/^\d{6}$/);
  });

  it('reads five tries; the right code among the later ones opens nothing', async () => {
    const { dossier } = await issued();
    const code = await codeFor(dossier.code);
    for (let guess = 0; guess < 5; guess++) expect(await enter(dossier.code, other(code))).toBeUndefined();
    const compared: string[] = [];
    const { seal } = service.ctx;
    const watched = {
      ...service.ctx,
      seal: { ...seal, isSame: (given: string, expected: string) => (compared.push(expected), seal.isSame(given, expected)) },
    };
    for (let guess = 0; guess < 200; guess++)
      expect(await enterCode(watched, dossier.code, guess % 2 ? code : String(guess))).toBeUndefined();
    expect(new Set(compared)).toEqual(new Set(['-'.repeat(27)])); // what is kept is not looked at any more
    expect(await enter(dossier.code, code)).toBeUndefined();
  });

  it('keeps only marks of the dossier code and of the code', async () => {
    const { dossier } = await issued();
    await askForCode(service.ctx, dossier.code);
    const kept: unknown[] = [];
    await service.ctx.store.transact(async (tables) => {
      const find = tables.findCodes.find;
      await enterCode(
        {
          ...service.ctx,
          store: {
            ...service.ctx.store,
            transact: (work) =>
              work(
                altered(tables, {
                  findCodes: {
                    ...tables.findCodes,
                    find: async (subject) => {
                      const row = await find(subject);
                      kept.push(row);
                      return row;
                    },
                  },
                }),
              ),
          },
        },
        dossier.code,
        'x',
      );
    });
    const code = codeIn((await lettersNow())[0]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${code}|${dossier.code}`));
  });

  /** Which statements are made, in their order: what takes the same way takes the same time. */
  async function wayOf(act: (ctx: Context) => Promise<unknown>): Promise<string[]> {
    const way: string[] = [];
    const { ctx } = service;
    const seal = {
      ...ctx.seal,
      close: (text: string) => (way.push(`seal ${text.length}`), ctx.seal.close(text)),
      mark: (text: string) => (way.push('mark'), ctx.seal.mark(text)),
    };
    const transact: Context['store']['transact'] = (work) => ctx.store.transact((tables) => work(watchedTables(tables, way)));
    await act({ ...ctx, seal, store: { ...ctx.store, transact } });
    return way;
  }

  it('takes the same way whether there is such a dossier or not, with a contact or without', async () => {
    const known = (await issued()).dossier.code;
    const silent = (await issued({ applicant: { name: applicant.name } })).dossier.code;
    const unknown = freshDossierCode();
    const codes = [known, silent, unknown];
    for (let ask = 0; ask < 4; ask++) {
      const ways = await inTurn(codes, (code) => wayOf((ctx) => askForCode(ctx, code)));
      expect(ways[0]?.length).toBeGreaterThan(3);
      expect(ways[1]).toEqual(ways[0]);
      expect(ways[2]).toEqual(ways[0]);
    }
    const [letter] = await lettersNow();
    expect(letter?.recipient).toBe(applicant.email);
    for (let guess = 0; guess < 7; guess++) {
      const ways = await inTurn(codes, (code) => wayOf((ctx) => enterCode(ctx, code, other(codeIn(letter)))));
      expect(ways[0]).toEqual(['mark', 'mark', 'findCodes.claimTry', 'findCodes.find', 'dossiers.findByNormalForm']);
      expect(ways[1]).toEqual(ways[0]);
      expect(ways[2]).toEqual(ways[0]);
    }
  });

  it('is not offered where no letters can be sent', async () => {
    const { notifier: _, ...outbound } = service.ctx.outbound;
    await expect(askForCode({ ...service.ctx, outbound }, freshDossierCode())).rejects.toThrow('letters_unavailable');
  });

  it('forgets after a day what nobody needs, and still knows no dossier that is none', async () => {
    const unknown = freshDossierCode();
    await askForCode(service.ctx, unknown);
    now = addMs(now, 25 * 60 * minuteMs);
    await forgetCodes(service.ctx);
    expect((await service.call('get', '/health', undefined, 'demo-api-key-quantri')).body.letters.waiting).toBe(0);
    expect(await lettersNow()).toEqual([]);
  });
});

/** One after the other: at once, a database may ask one of them to begin again. */
async function inTurn<Result>(codes: readonly string[], act: (code: string) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const code of codes) results.push(await act(code));
  return results;
}

/** Notes each call of each table. */
function watchedTables<Tables extends object>(tables: Tables, way: string[]): Tables {
  return new Proxy(tables, {
    get: (all, name: string) => {
      const table: unknown = Reflect.get(all, name);
      if (typeof table !== 'object' || table === null) return table;
      return new Proxy(table, {
        get: (one, verb: string) => {
          way.push(`${name}.${verb}`);
          return Reflect.get(one, verb) as unknown;
        },
      });
    },
  });
}
