// The payer: read from a content only where a bank writes it in a form that we know.
import { payerIn } from '../../src/domain/payer';
import { bareContents, codedContents } from '../support/transferContents';

const wrapped = 'CUSTOMER MBVCB.14514672876.520369.TTHC7K2MQX 9P.CT tu 0123456789 NGUYEN VAN A to i 0987600001 SO TU PHAP MAU tai MB-';

describe('who paid', () => {
  it.each([
    [
      'a Vietcombank customer',
      'MBVCB.412526.047334.NP7KMHQ9U4.CT tu 9000000001 PHAN DAC THAO toi 11 SO TU PHAP tai BIDV',
      '9000000001',
      'PHAN DAC THAO',
    ],
    ['a Vietcombank customer, wrapped by MB after every 35 characters', `${wrapped}  Ma GD ACSP/ cl520369`, '0123456789', 'NGUYEN VAN A'],
    ['the same where MB drops the doubled space', `${wrapped} Ma GD ACSP/ cl520369`, '0123456789', 'NGUYEN VAN A'],
    ['a company', 'MBVCB.1.2.phi.CT tu 0181234567 CONG TY TNHH 68 - CN 2 toi 0987 SO TU PHAP', '0181234567', 'CONG TY TNHH 68 - CN 2'],
    [
      'one who writes such a tail into the memo',
      'phi CT tu 1111111111 KE KHAC toi.CT tu 0181234567 LE VAN B toi 0987',
      '0181234567',
      'LE VAN B',
    ],
    ['a name cut off', 'MBVCB.1.2.phi.CT tu 0123456789 NG UYEN VAN', '0123456789', undefined],
    ['a masked account', 'MBVCB.7.2.UNG HO.CT tu 4740000045xxx DAO VAN ABCD toi 1261122666 UBTW tai BIDV', undefined, 'DAO VAN ABCD'],
    [
      'a sender to BIDV',
      '0123456789 TKThe :0123456789, tai MB. NP7KMHQ9U4 -B2B020097042203251402372025N6L6618839',
      '0123456789',
      undefined,
    ],
    ['a MoMo wallet', '115140912829-0900000001-NP7KMHQ9U4', '0900000001', undefined],
    ['a MoMo wallet, glued', 'MoMoT0900000001T115140912829T970422TNP7KMHQ9U4', '0900000001', undefined],
    ['a sender to MB', 'MB NP7KMHQ9U4. TU: NGUYEN VAN A', undefined, 'NGUYEN VAN A'],
    ['a payer of a large value', 'SHGD:10004067.DD:240910.BO:CONG TY ABCD.Remark:NOP PHI', undefined, 'CONG TY ABCD'],
    [
      'a sender through NAPAS to VietinBank',
      'Noi dung: nop phi FT24254607609791 (CT1111) VND-TGTT-NGUYEN VAN ABCD – A/C',
      undefined,
      'NGUYEN VAN ABCD',
    ],
    ['a sender to VietinBank, masked', 'CT nhanh 247 den: nop phi (CT1111) VU VAN ABCD 0900000217***', undefined, 'VU VAN ABCD'],
    ['a sender to VietinBank', 'CT nhanh 247 den: nop phi (CT1111) VU VAN ABCD 0900000217', '0900000217', 'VU VAN ABCD'],
  ])('%s', (_, content, accountNumber, name) => {
    expect(payerIn(content)).toEqual({ ...(accountNumber ? { accountNumber } : {}), ...(name ? { name } : {}) });
  });

  it.each([
    ['nothing', ''],
    ['a bare memo', 'NP7KMHQ9U4 NGUYEN VAN A 0900000001'],
    ['an account number that may be cut', 'MBVCB.123.NP7KMHQ9U4.CT tu 0123456789'],
    ['our own account', 'ACB;28349000;NP7KMHQ9U4 GD 931139-102322 13:18:51'],
    ['our own account at VietinBank', 'CT nhanh 247 den: Vietinbank;111600000111;NP7KMHQ9U4 NGUYEN VAN A 0500000178***'],
    ['an account that may be ours', 'QRNP7KMHQ9U4- Ma GD ACSP/ 0m483714 NG CHUYEN:CUSTOMER 1100000001'],
    ['the account of MoMo itself', 'REM Tfr Ac:1770260769 O@L_080005_211601_0_0_506078038 khac phu bao'],
    ['a bank for a name', 'Chuyen tien den tu NAPAS Noi dung: MAI VAN ABCD (CT1111) MOMOIBFT – A/C'],
  ])('is not guessed from %s', (_, content) => {
    expect(payerIn(content)).toBeUndefined();
  });

  it('is found in every sample that holds a Vietcombank tail or a BIDV head, and nowhere is it our own account', () => {
    const contents = [...codedContents, ...bareContents].map((sample) => sample.content);
    const stating = contents.filter((content) => /CT tu \d{6}|TKThe :\d+,? /.test(content));
    expect(stating.length).toBeGreaterThan(8);
    for (const content of stating) expect([content, payerIn(content)?.name ?? payerIn(content)?.accountNumber]).not.toContain(undefined);
    for (const content of contents) expect(['1100000001', '1261122666', '111600000111']).not.toContain(payerIn(content)?.accountNumber);
  });

  it('takes no time to look for, in whatever is sent', () => {
    const slow = ['CT tu 123456 ', 'BO:a', '. TU: a', 'A ', ' VND-TGTT-a', '(1) A 1', 'TKThe :'].map(
      (part) => `MB SHGD:${part.repeat(100_000)}`,
    );
    const started = performance.now();
    for (const content of slow) payerIn(content);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
