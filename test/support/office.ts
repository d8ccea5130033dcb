// A whole service for a test: the demo office on a database of its own of either kind, with a clock and chance that the test may set.
import request from 'supertest';
import { demoConfig, type Config } from '../../src/config';
import type { Context } from '../../src/context';
import { openLog } from '../../src/log';
import { assemble, type Service } from '../../src/serve';
import { sharedCertificate } from './certificate';
import { databases, freshDatabase, freshOffice, type DatabaseKind } from './database';

export { databases, freshDatabase, type DatabaseKind };

export interface TestService extends Service {
  config: Config;
  /** A call to the JSON API with the system's key, or another. */
  call(method: 'get' | 'post', path: string, body?: object, key?: string): request.Test;
  /** Stops it and removes its files. */
  end(): Promise<void>;
}

type Replacements = Parameters<typeof assemble>[2];

export async function openTestService(
  kind: DatabaseKind,
  given: { config?: Partial<Config>; replace?: Replacements } = {},
): Promise<TestService> {
  const database = await freshOffice(kind);
  const config = { ...demoConfig({ PORT: '0', DATABASE_URL: database.url }), ...given.config };
  const service = await assemble(config, openLog('silent'), { makeDemoCertificate: sharedCertificate, ...given.replace });
  return {
    ...service,
    config,
    call: (method, path, body, key = 'demo-api-key') => {
      const call = request(service.server)[method](path).set('authorization', `Bearer ${key}`);
      return body === undefined ? call : call.send(body);
    },
    end: async () => {
      await service.stop();
      database.remove();
    },
  };
}

let sequence = 0;

/** A dossier code that no other test uses. */
export const freshDossierCode = (): string => `000.00.18.H26-261122-${String(++sequence).padStart(4, '0')}`;

/** The request for five pages of a certified copy, three times: 21.000 ₫. */
export const certifiedCopy = (changes: object = {}) => ({
  dossier: {
    code: freshDossierCode(),
    procedureCode: '2.000815',
    agencyCode: 'H26.101',
    channel: 'counter',
    applicant: { name: 'Nguyễn Thị Mẫu' },
    ...changes,
  },
  fees: [{ feeId: 'CT-2.000815', units: 5, quantity: 3 }],
});

export type { Context };
