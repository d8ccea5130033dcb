// The demo office: a province with a one-stop centre, a branch, a commune centre and a land registration office; people named by their work.
import { hashPassword, tokenOf } from '../src/actions/signIn';
import { demoCertificate } from '../src/actions/demoCertificate';
import { publishFees } from '../src/actions/publishFees';
import type { Context } from '../src/context';
import type { Account, Agency, Counter } from '../src/domain/agency';
import type { Collector } from '../src/domain/collector';
import type { Role } from '../src/domain/role';
import type { Day } from '../src/domain/time';
import { readFeeSchedule } from './feeScheduleFile';

/** The one-level administration since 1 July 2025; the older branch shows a unit that is gone. */
const reform = '2025-07-01' as Day;
const hanoi = { localityCode: 'H26', dynamicQrFlag: 2 as const, validFrom: reform };

const agencies: Agency[] = [
  { ...hanoi, code: 'H26', name: 'Ủy ban nhân dân thành phố Hà Nội', kind: 'province' },
  { ...hanoi, code: 'H26.10', name: 'Trung tâm Phục vụ hành chính công thành phố Hà Nội', kind: 'centre', parentCode: 'H26' },
  { ...hanoi, code: 'H26.10.01', name: 'Chi nhánh số 1 Trung tâm Phục vụ hành chính công', kind: 'branch', parentCode: 'H26.10' },
  { ...hanoi, code: 'H26.101', name: 'Điểm phục vụ hành chính công phường Mẫu', kind: 'commune_centre', parentCode: 'H26.10' },
  { ...hanoi, code: 'H26.90', name: 'Văn phòng Đăng ký đất đai Hà Nội', kind: 'land_office', parentCode: 'H26' },
  {
    ...hanoi,
    code: 'H26.29',
    name: 'Bộ phận một cửa quận Mẫu (đã kết thúc hoạt động)',
    kind: 'point',
    parentCode: 'H26',
    validFrom: '2021-01-01' as Day,
    validTo: '2025-06-30' as Day,
  },
];

const counters: Omit<Counter, 'displayToken'>[] = [
  { id: 'quay-1', agencyCode: 'H26.101', name: 'Quầy 1' },
  { id: 'quay-2', agencyCode: 'H26.101', name: 'Quầy 2' },
  { id: 'quay-dat-dai', agencyCode: 'H26.90', name: 'Quầy đất đai' },
];

/** The province's, to which gateways pay out. */
export const collectionAccount: Account = {
  id: 'acc-h26',
  agencyCode: 'H26',
  purpose: 'collection',
  bankBin: '970415',
  accountNumber: '110000260001',
  accountName: 'TT PVHCC TP HA NOI',
  validFrom: reform,
};

/** Of the commune centre, on which its counters collect. */
export const collectionAccountOfCounter: Account = {
  id: 'acc-h26-101',
  agencyCode: 'H26.101',
  purpose: 'collection',
  bankBin: '970436',
  accountNumber: '1026101000',
  accountName: 'DIEM PVHCC PHUONG MAU',
  validFrom: reform,
};

const accounts: Account[] = [
  collectionAccount,
  collectionAccountOfCounter,
  {
    id: 'acc-h26-90',
    agencyCode: 'H26.90',
    purpose: 'collection',
    bankBin: '970418',
    accountNumber: '21610026900',
    accountName: 'VP DANG KY DAT DAI HA NOI',
    validFrom: reform,
  },
];

/** No organisation has this tax code. */
const collector: Collector = { agencyCode: 'H26', name: 'Ủy ban nhân dân thành phố Hà Nội (đơn vị mẫu)', taxCode: '0000000000' };

const password = 'demo';
const officers: { login: string; name: string; role: Role; agencyCode: string; counterId?: string }[] = [
  { login: 'quay1', name: 'Cán bộ quầy 1', role: 'counter_officer', agencyCode: 'H26.101', counterId: 'quay-1' },
  { login: 'quay2', name: 'Cán bộ quầy 2', role: 'counter_officer', agencyCode: 'H26.101', counterId: 'quay-2' },
  { login: 'ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' },
  { login: 'ketoantruong', name: 'Kế toán trưởng', role: 'finance_supervisor', agencyCode: 'H26' },
  { login: 'lanhdao', name: 'Lãnh đạo', role: 'leader', agencyCode: 'H26' },
  { login: 'thanhtra', name: 'Thanh tra', role: 'inspector', agencyCode: 'H26' },
  { login: 'quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' },
];

export const demoLogins: readonly string[] = officers.map((officer) => officer.login);

/** The setting by which production knows a demo database, and refuses it. */
export const demoMark = 'demo_office';

/** Makes the demo office in an empty database; does nothing where there are officers already. */
export async function seedDemoOffice(ctx: Context): Promise<void> {
  if ((await ctx.store.tables.officers.count()) > 0) return;
  const passwordHash = await hashPassword(password);
  await publishFees(ctx, readFeeSchedule());
  const certificate = await demoCertificate(ctx, collector, 'system:demo');
  await ctx.store.transact(async (tables) => {
    const at = ctx.now();
    await tables.settings.save(demoMark, 'yes');
    for (const agency of agencies) await tables.agencies.save(agency);
    for (const counter of counters) await tables.agencies.saveCounter({ ...counter, displayToken: tokenOf(ctx) });
    for (const account of accounts) await tables.accounts.save(account);
    await tables.collectors.save(collector, at, 'system:demo');
    await tables.collectors.keepCertificate(certificate);
    await tables.officers.keepApiKey(ctx.seal.hash('demo-api-key'), 'demo', undefined, at);
    for (const officer of officers) {
      const id = `of-${officer.login}`;
      await tables.officers.save({ ...officer, id, passwordHash });
      await tables.officers.keepApiKey(ctx.seal.hash(`demo-api-key-${officer.login}`), officer.login, id, at);
    }
  });
}

/** The key of a pretend gateway, and where it is this time. */
export async function connectGateway(ctx: Context, provider: string, token: string, baseUrl: string): Promise<void> {
  const feed = { accountId: collectionAccount.id, provider, tokenCiphertext: ctx.seal.close(token), baseUrl };
  await ctx.store.transact((tables) => tables.feeds.save(feed, ctx.now()));
}
