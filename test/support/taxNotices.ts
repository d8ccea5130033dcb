// Tax notices for tests: as the tax authority of the demo province might send them.
import type { Test } from 'supertest';
import { instantOf, vietnamTimeOf } from '../../src/domain/time';
import { tell, type Transfer } from './bank';
import { certifiedCopy, openTestService, type DatabaseKind, type TestService } from './office';

/** The State Treasury's account on the notices; no test's unit has it. */
export const treasury = { bankBin: '970418', accountNumber: '7111000260001', accountName: 'KBNN KHU VUC I' };

let sequence = 0;

/** A registration fee on a house, 12.500.000 ₫, issued on 20 November 2026 and due on 20 December. */
export const taxNotice = (changes: object = {}) => ({
  number: `LTB2611-TK${String(++sequence).padStart(6, '0')}/TB-CCT`,
  issuer: 'Chi cục Thuế khu vực I',
  issuedOn: '2026-11-20',
  taxpayer: { name: 'Trần Văn Thuế' },
  chapter: '757',
  subItem: '2801',
  amount: 12_500_000,
  dueOn: '2026-12-20',
  treasuryAccount: treasury,
  revenueBody: '1054000',
  treasuryCode: '0011',
  ...changes,
});

/** Records it for a dossier; the answer. */
export const recordNotice = async (service: TestService, code: string, notice: object = taxNotice(), key?: string) =>
  (await service.call('post', `/api/dossiers/${code}/tax-notices`, notice, key).expect(201)).body;

export const unitAccount = '1026101000';
const morning = Date.parse('2026-11-22T02:00:00Z');

interface Owed {
  reference: string;
  amounts: { due: number };
}

/** A service on the morning of 22 November 2026, and short ways through its doors. */
export async function openTaxOffice(kind: DatabaseKind) {
  let now = morning;
  const service = await openTestService(kind, { replace: { now: () => instantOf(now) } });
  const issue = async (changes: object = {}) => (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  return {
    service,
    issue,
    setTime: (time?: string) => void (now = time === undefined ? morning : Date.parse(time)),
    see: async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body,
    offer: async (id: string) =>
      (await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr' }).expect(201)).body,
    /** To the Treasury's account, unless it says otherwise. */
    pay: ({ reference, amounts }: Owed, changes: Partial<Transfer> = {}): Test =>
      tell(service, {
        content: reference,
        amount: amounts.due,
        accountNumber: treasury.accountNumber,
        time: vietnamTimeOf(instantOf(now)),
        ...changes,
      }).expect(200),
    /** The code of a dossier that owes a fee. */
    known: async (): Promise<string> => (await issue()).dossier.code,
    refused: async (code: string, notice: object, status: number, problem: string, key?: string) => {
      const answer = await service.call('post', `/api/dossiers/${code}/tax-notices`, notice, key);
      if (answer.status !== status || answer.body.code !== problem) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}

export type TaxOffice = Awaited<ReturnType<typeof openTaxOffice>>;
