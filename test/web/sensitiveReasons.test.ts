// Why somebody pays less may be that they are poor, disabled or ill: screens show a group and a number, never the words.
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

let service: TestService;
beforeAll(async () => {
  service = await openTestService('SQLite');
});
afterAll(() => service.end());

/** Whole words: a token drawn by chance may contain any three letters. */
const words = /hộ nghèo|khuyết tật|(?<![\w-])HIV(?![\w-])|HO_NGHEO/i;

describe('An exemption for a sensitive reason', () => {
  it('stands on the counter, the slip and the display as no more than a group, and with its number for officers', async () => {
    const dossier = {
      code: freshDossierCode(),
      procedureCode: '2.000635',
      agencyCode: 'H26.101',
      channel: 'counter',
      applicant: { name: 'A B' },
    };
    const preference = { code: 'HO_NGHEO', evidence: '12/2026' };
    const fees = [{ feeId: 'HT-2.000635', quantity: 2 }];
    const issued = (await service.call('post', '/api/obligations', { dossier, fees, preference, counterId: 'quay-1' }).expect(201))
      .body as {
      id: string;
      feeItems: { relief: string; grossAmount: number; amount: number }[];
    };
    expect(issued.feeItems).toMatchObject([{ relief: 'exempted', grossAmount: 16_000, amount: 0 }]);
    const officer = await visitorAt(service, 'quay1');
    const { displayToken } = (await service.ctx.store.tables.agencies.findCounter('quay-1')) ?? { displayToken: '' };
    for (const path of [`/counter?obligation=${issued.id}`, `/obligations/${issued.id}/slip`, `/display/${displayToken}`]) {
      const page = await officer.get(path);
      expect([path, page.status, words.test(page.text)]).toEqual([path, 200, false]);
    }
    const obligation = textOf((await officer.get(`/obligations/${issued.id}`)).text);
    expect(obligation).toContain('HO_NGHEO · 12/2026');
    expect(obligation).toContain('Được miễn: 16.000 ₫');
  });

  it('is told with the number of a paper alone: words are refused', async () => {
    const dossier = { ...certifiedCopy().dossier, procedureCode: '2.000635' };
    const preference = { code: 'HO_NGHEO', evidence: 'Giấy chứng nhận hộ nghèo số 12/2026' };
    const answer = await service.call('post', '/api/obligations', { dossier, fees: [{ feeId: 'HT-2.000635' }], preference });
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([400, 'preference_invalid', 'preference.evidence']);
    const officer = await visitorAt(service, 'quay1');
    const form = { procedure: '2.000635', chosen: '2.000635', feesOf: '2.000635', 'fee.HT-2.000635': 'on', preference: 'HO_NGHEO' };
    const preview = await officer.post('/counter/preview', { ...form, evidence: 'hộ nghèo' });
    expect(textOf(preview.text)).toContain('chỉ ghi số, ký hiệu bằng số');
    expect(preview.text).toMatch(/id="issue"[^>]*disabled/);
    expect((await officer.post('/counter/preview', { ...form, evidence: '12/2026' })).text).not.toMatch(/id="issue"[^>]*disabled/);
  });

  it('is chosen at the counter by its group, which the public page explains', async () => {
    const officer = await visitorAt(service, 'quay1');
    const page = await officer.get('/counter/fees?procedure=2.000635&chosen=2.000635');
    expect([page.status, words.test(textOf(page.text))]).toEqual([200, false]);
    expect(textOf(page.text)).toContain('Diện 2: miễn');
    expect(textOf((await officer.get('/fees/2.000635')).text)).toContain('Diện 2: Người thuộc hộ nghèo');
  });
});
