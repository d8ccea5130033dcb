// Gateways that are slow, half open, drip, fail or talk too much: every call ends in time, and one that is down holds up no other.
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gatewaysWith } from '../../src/outbound/gateways';
import type { Gateway } from '../../src/outbound/gateways/gateway';
import { usualLimits, type Limits } from '../../src/outbound/gateways/limits';
import { known, names, orderIn, payerAt, townOf, type Name, type Town } from '../support/gatewayTown';

const timeoutMs = 250;
const small: Partial<Limits> = { timeoutMs, failures: 1_000 };
/** A call never takes longer than its deadline and a little of a busy machine. */
const inTimeMs = timeoutMs + 400;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  jest.restoreAllMocks();
});

async function built(name: Name, limits: Partial<Limits> = small): Promise<Town> {
  const town = await townOf(name, limits);
  closing.push(town.close);
  return town;
}

/** A server that is none of the gateways'. */
async function servedBy(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const openSockets = (): number => process.getActiveResourcesInfo().filter((kind) => /^TCPSocketWrap$/.test(kind)).length;

async function expectSockets(most: number): Promise<void> {
  for (let tries = 0; tries < 50 && openSockets() > most; tries += 1) await pause(20);
  expect(openSockets()).toBeLessThanOrEqual(most);
}

/** What came of a call, and how long it took. */
async function timed(call: () => Promise<unknown>): Promise<{ ms: number; fault?: unknown; word?: unknown }> {
  const start = performance.now();
  const came = await call().then(
    (word) => ({ word }),
    (fault: unknown) => ({ fault }),
  );
  return { ms: performance.now() - start, ...came };
}

const ask = (town: Town, gateway: Gateway = town.gateway) => gateway.ask(town.access, known(orderIn(town)));
const unavailable = (why: unknown) => ({ name: 'GatewayUnavailable', why });

it('A call has four seconds and a megabyte; three without an answer close the way for half a minute', () => {
  expect(usualLimits).toEqual({ timeoutMs: 4_000, maxBytes: 1_048_576, failures: 3, restMs: 30_000 });
});

describe.each(names)('%s', (name) => {
  it.each(['slow', 'half_open', 'byte_by_byte'] as const)(
    'that is %s is left in time, with no socket open, and is then asked again',
    async (how) => {
      const town = await built(name);
      const order = orderIn(town);
      const before = openSockets();
      town.pretend.behave(how);
      const calls =
        name === 'vnpay'
          ? [() => ask(town)]
          : [() => town.gateway.open(town.access, order), () => ask(town), () => town.gateway.end(town.access, known(order))];
      for (const { ms, fault } of await Promise.all(calls.map(timed))) {
        expect(fault).toMatchObject(unavailable('timeout'));
        expect(ms).toBeLessThan(inTimeMs);
      }
      await expectSockets(before);
      town.pretend.behave('well');
      expect(await ask(town)).toEqual({ standing: expect.stringMatching(/^(open|ended|unknown)$/) });
    },
  );

  it('whose answer to the opening was lost has one session all the same, which can be paid', async () => {
    const town = await built(name);
    const order = orderIn(town);
    town.pretend.behave('half_open');
    await town.gateway.open(town.access, order).catch(() => undefined);
    town.pretend.behave('well');
    const { redirectUrl, sessionId } = await town.gateway.open(town.access, order);
    if (name !== 'vnpay') expect(await ask(town)).toEqual({ standing: 'open' });
    await payerAt(redirectUrl);
    await town.pretend.settle();
    expect(town.booked()).toHaveLength(1);
    expect(await town.gateway.ask(town.access, known(order, sessionId))).toMatchObject({ standing: 'paid' });
  });

  it('that fails is asked once, and is asked again when it is well', async () => {
    const town = await built(name);
    town.pretend.behave('fails');
    expect((await timed(() => ask(town))).fault).toMatchObject(unavailable('status_500'));
    town.pretend.behave('well');
    expect(await ask(town)).toEqual({ standing: 'unknown' });
  });

  it('that failed three times is left alone at once, and tried by one call after a while; others go on', async () => {
    const restMs = 150;
    const limits = { timeoutMs, failures: 3, restMs };
    const town = await built(name, limits);
    const others = await Promise.all(names.filter((other) => other !== name).map((other) => built(other)));
    const gateways = gatewaysWith(() => town.clock.now, limits);
    const named = (one: Town): Gateway => gateways.find(({ provider }) => provider === one.gateway.provider)!;
    town.pretend.behave('slow');
    await Promise.all([1, 2, 3].map(() => expect(ask(town, named(town))).rejects.toMatchObject(unavailable('timeout'))));
    town.pretend.behave('well');
    const { ms, fault } = await timed(() => ask(town, named(town)));
    expect(fault).toMatchObject(unavailable('circuit_open'));
    expect(ms).toBeLessThan(timeoutMs);
    for (const other of others) expect(await ask(other, named(other))).toEqual({ standing: 'unknown' });

    await pause(restMs + 20);
    town.pretend.behave('slow');
    const trial = timed(() => ask(town, named(town)));
    const beside = await timed(() => ask(town, named(town)));
    expect(beside.fault).toMatchObject(unavailable('circuit_open'));
    expect(beside.ms).toBeLessThan(timeoutMs);
    expect((await trial).fault).toMatchObject(unavailable('timeout'));
    expect((await timed(() => ask(town, named(town)))).fault).toMatchObject(unavailable('circuit_open'));

    await pause(restMs + 20);
    town.pretend.behave('well');
    expect(await ask(town, named(town))).toEqual({ standing: 'unknown' });
    expect(await ask(town, named(town))).toEqual({ standing: 'unknown' });
  });

  it('that refuses is not down: what it refuses closes no way', async () => {
    const town = await built(name, { ...small, failures: 2 });
    const wrong = { ...town.access, token: 'wrong' };
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(town.gateway.ask(wrong, known(orderIn(town)))).rejects.toMatchObject({ name: 'GatewayRefused', why: 'token_refused' });
    }
    town.pretend.behave('fails');
    await expect(ask(town)).rejects.toMatchObject(unavailable('status_500'));
    town.pretend.behave('well');
    await expect(town.gateway.ask(wrong, known(orderIn(town)))).rejects.toMatchObject({ name: 'GatewayRefused' });
    town.pretend.behave('fails');
    await expect(ask(town)).rejects.toMatchObject(unavailable('status_500'));
    town.pretend.behave('well');
    expect(await ask(town)).toEqual({ standing: 'unknown' });
  });

  it('that takes the connection and says nothing, or is not there, is left in time', async () => {
    const town = await built(name);
    const silent = await servedBy(createServer(() => undefined));
    const before = openSockets();
    const { ms, fault } = await timed(() => town.gateway.ask({ ...town.access, baseUrl: silent }, known(orderIn(town))));
    expect(fault).toMatchObject(unavailable('timeout'));
    expect(ms).toBeLessThan(inTimeMs);
    await expectSockets(before);
    const nobody = await timed(() => town.gateway.ask({ ...town.access, baseUrl: 'http://127.0.0.1:1' }, known(orderIn(town))));
    expect(nobody.fault).toMatchObject(unavailable(expect.stringMatching(/ECONNREFUSED|network/)));
  });

  it('that talks without end, sends us elsewhere or speaks no JSON is not followed', async () => {
    const town = await built(name);
    const answers = async (answer: (req: IncomingMessage, res: ServerResponse) => void) => {
      const url = await servedBy(createHttpServer(answer));
      return town.gateway.ask({ ...town.access, baseUrl: url }, known(orderIn(town)));
    };
    const large = 'x'.repeat(64 * 1024);
    const endless = (_: IncomingMessage, res: ServerResponse): void => {
      const more = (): void => void (res.destroyed || res.write(large, () => setImmediate(more)));
      more();
    };
    const huge = { ...small, timeoutMs: 5_000, maxBytes: 200_000 };
    const patient = gatewaysWith(() => town.clock.now, huge).find(({ provider }) => provider === name)!;
    const url = await servedBy(createHttpServer(endless));
    await expect(patient.ask({ ...town.access, baseUrl: url }, known(orderIn(town)))).rejects.toMatchObject(
      unavailable('answer_too_large'),
    );
    const elsewhere = jest.fn();
    const trap = await servedBy(createHttpServer((req, res) => (elsewhere(req.headers), res.end('{}'))));
    await expect(answers((_, res) => res.writeHead(302, { location: trap }).end())).rejects.toMatchObject({ name: 'GatewayRefused' });
    expect(elsewhere).not.toHaveBeenCalled();
    for (const nonsense of ['', '<html>', 'null', '[]', '{"error":1}'])
      await expect(answers((_, res) => res.writeHead(200, { 'content-type': 'application/json' }).end(nonsense))).rejects.toMatchObject({
        name: expect.stringMatching(/^Gateway/),
      });
  });

  it('that asks to be tried again, or to warn, is neither: no tries, no words on the console, no key in what is thrown', async () => {
    const town = await built(name);
    const spies = [
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((word) => jest.spyOn(console, word)),
      jest.spyOn(process, 'emitWarning'),
    ];
    let asked = 0;
    const noisy = await servedBy(
      createHttpServer((_, res) => {
        asked += 1;
        res.writeHead(asked === 1 ? 503 : asked === 2 ? 429 : 409, {
          ...{ 'stripe-should-retry': 'true', 'stripe-notice': 'beware', 'retry-after': '0', 'content-type': 'application/json' },
        });
        res.end(JSON.stringify({ error: { type: 'api_error', message: town.access.token }, code: '500', desc: town.access.secret }));
      }),
    );
    for (const status of [503, 429, 409]) {
      const { fault } = await timed(() => town.gateway.ask({ ...town.access, baseUrl: noisy }, known(orderIn(town))));
      expect(fault).toMatchObject(unavailable(`status_${status}`));
      expect(`${String(fault)} ${JSON.stringify(fault)} ${(fault as Error).stack} ${String((fault as Error).cause)}`).not.toContain(
        town.access.token,
      );
    }
    expect(asked).toBe(3);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
