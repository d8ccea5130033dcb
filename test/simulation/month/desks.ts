// The offices of a simulated month: agencies with an account each, a desk that collects in a name, and one that has none yet.
import { publishFees } from '../../../src/actions/publishFees';
import type { Context } from '../../../src/context';
import type { Role } from '../../../src/domain/role';
import type { Day } from '../../../src/domain/time';
import { readFeeSchedule } from '../../../prisma/feeScheduleFile';

/** An account, where its money comes from, and how its bank writes its lists. */
export interface Desk {
  place: number;
  accountId: string;
  accountNumber: string;
  agencyCode: string;
  /** Below the agency: receipts are issued in its name. */
  collecting: string;
  /** Below the agency, too: nobody has said yet who collects there. */
  withoutCollector: string;
  bank: string;
  /** What the account held when the month began. */
  opening: number;
}

const banks = [
  ['vietcombank', '970436'],
  ['bidv', '970418'],
  ['vietinbank', '970415'],
  ['agribank', '970405'],
  ['mb', '970422'],
  ['techcombank', '970407'],
  ['acb', '970416'],
  ['tpbank', '970423'],
  ['sacombank', '970403'],
  ['vib', '970441'],
] as const;

export const binOf = (place: number): string => banks[place % banks.length]?.[1] ?? banks[0][1];

export const desksOf = (count: number): Desk[] =>
  Array.from({ length: count }, (_, place) => {
    const agencyCode = `H26.${200 + place}`;
    return {
      place,
      accountId: `acc-month-${place + 1}`,
      accountNumber: `10260${String(place + 1).padStart(5, '0')}`,
      agencyCode,
      collecting: `${agencyCode}.01`,
      withoutCollector: `${agencyCode}.02`,
      bank: banks[place % banks.length]?.[0] ?? banks[0][0],
      opening: 5_000_000 * (place + 1),
    };
  });

const reform = '2025-07-01' as Day;
const hanoi = { localityCode: 'H26', dynamicQrFlag: 2 as const, validFrom: reform };

interface Officer {
  login: string;
  role: Role;
  agencyCode: string;
  counterId?: string;
}

const officers: readonly Officer[] = [
  { login: 'ketoan', role: 'finance_officer', agencyCode: 'H26' },
  { login: 'ketoantruong', role: 'finance_supervisor', agencyCode: 'H26' },
  { login: 'ketoantruong2', role: 'finance_supervisor', agencyCode: 'H26' },
];

export const counterOf = ({ place }: Desk): string => `quay-${place + 1}`;
/** Who takes cash there. */
export const cashierOf = ({ place }: Desk): string => `quay${place + 1}`;

export const keyOf = (login: string): string => `month-key-${login}`;
/** Of the one-stop system. */
export const systemKey = 'month-key-system';

/** An office of its own in an empty database: not the demo's, for there everybody has somebody in whose name to collect. */
export async function openOffices(ctx: Context, desks: readonly Desk[]): Promise<void> {
  await publishFees(ctx, readFeeSchedule());
  await ctx.store.transact(async (tables) => {
    const at = ctx.now();
    await tables.agencies.save({ ...hanoi, code: 'H26', name: 'Thành phố', kind: 'province' });
    for (const desk of desks) {
      await tables.agencies.save({
        ...hanoi,
        code: desk.agencyCode,
        name: `Trung tâm ${desk.place + 1}`,
        kind: 'commune_centre',
        parentCode: 'H26',
      });
      for (const code of [desk.collecting, desk.withoutCollector])
        await tables.agencies.save({ ...hanoi, code, name: `Điểm ${code}`, kind: 'commune_centre', parentCode: desk.agencyCode });
      await tables.accounts.save({
        id: desk.accountId,
        agencyCode: desk.agencyCode,
        purpose: 'collection',
        bankBin: binOf(desk.place),
        accountNumber: desk.accountNumber,
        accountName: `TRUNG TAM ${desk.place + 1}`,
        validFrom: reform,
      });
      await tables.feeds.save({ accountId: desk.accountId, provider: 'vnpay', tokenCiphertext: ctx.seal.close('key-of-the-month') }, at);
      const collector = {
        agencyCode: desk.collecting,
        name: `Đơn vị thu ${desk.place + 1}`,
        taxCode: String(100 + desk.place).padStart(10, '0'),
      };
      await tables.collectors.save(collector, at, 'system:month');
      await tables.agencies.saveCounter({
        ...{ id: counterOf(desk), agencyCode: desk.collecting, name: `Quầy ${desk.place + 1}` },
        displayToken: `display-${desk.place}`,
      });
    }
    await tables.officers.keepApiKey(ctx.seal.hash(systemKey), 'mot-cua', undefined, at);
    const cashiers = desks.map((desk): Officer => ({
      ...{ login: cashierOf(desk), role: 'counter_officer', agencyCode: desk.collecting, counterId: counterOf(desk) },
    }));
    for (const officer of [...officers, ...cashiers]) {
      const { login } = officer;
      const id = `of-${login}`;
      await tables.officers.save({ ...officer, id, name: login, passwordHash: 'none' });
      await tables.officers.keepApiKey(ctx.seal.hash(keyOf(login)), login, id, at);
    }
  });
}
