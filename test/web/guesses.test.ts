// Guessing at the doors that nobody signs in to: ten thousand wrong links, dossier codes and one-time codes, through a real socket.
import { Agent, request as ask } from 'node:http';
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';

const each = 3_334;
const atOnce = 50;
/** Refused unread: their sender asks too often. */
const tooMany = 429;

interface Heard {
  status: number;
  /** Without what differs in every answer: ids of requests, and what was asked itself. */
  said: string;
}

describe('ten thousand guesses from one address', () => {
  let service: TestService;
  let port: number;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  beforeAll(async () => {
    service = await openTestService('SQLite');
    port = await service.start();
  });
  afterAll(async () => {
    agent.destroy();
    await service.end();
  });

  const sent = (method: 'GET' | 'POST', path: string, guess: string, form = ''): Promise<Heard> =>
    new Promise((resolve, reject) => {
      const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length };
      const call = ask({ agent, port, host: '127.0.0.1', method, path, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, said: bare(text, guess) }));
      });
      call.on('error', reject).end(form);
    });

  async function all(guess: (number: number) => Promise<Heard>): Promise<Map<number, Set<string>>> {
    const heard = new Map<number, Set<string>>();
    for (let from = 0; from < each; from += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, each - from) }, (_, place) => from + place);
      for (const { status, said } of await Promise.all(numbers.map(guess)))
        heard.set(status, (heard.get(status) ?? new Set()).add(status === tooMany ? '' : said));
    }
    return heard;
  }

  it('learn nothing, and are slowed down: one sentence for whatever is wrong, and soon none is read any more', async () => {
    const { reference, dossier } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const marks = (number: number): string => String(number).padStart(27, 'A');
    const links = await all((number) => {
      const token = `${number % 2 ? reference : 'NP22222222'}-${marks(number)}`;
      return sent('GET', `/pay/${token}`, token);
    });
    expect([...links.keys()].sort()).toEqual([404, tooMany]);
    expect(links.get(404)?.size).toBe(1);

    const dossiers = await all((number) => {
      const code = number % 2 ? dossier.code : freshDossierCode();
      return sent('POST', '/find', code, `dossier=${code}`);
    });
    expect([...dossiers.keys()].sort()).toEqual([200, tooMany]);
    expect(dossiers.get(200)?.size).toBe(1);

    const codes = await all((number) => {
      const code = number % 3 ? dossier.code : freshDossierCode();
      return sent('POST', '/find/code', code, `dossier=${code}&code=${String(number).padStart(6, '0')}`);
    });
    expect([...codes.keys()].sort()).toEqual([403, tooMany]);
    expect(codes.get(403)?.size).toBe(1);
  }, 60_000);
});

const bare = (text: string, guess: string): string =>
  text
    .replaceAll(guess, '…')
    .replaceAll(encodeURIComponent(guess), '…')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');
