// Signed receipts: another library finds the signature good, one changed byte is found, and no certificate signs outside its time.
import { createHash, createPrivateKey, createSign, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { CertificateUnusable, signReceiptXml } from '../../src/actions/signReceiptXml';
import { seeCertificate } from '../../src/actions/seeCertificate';
import { verifyReceiptXml } from '../../src/actions/verifyReceiptXml';
import type { CertificateAndKey } from '../../src/certificate';
import { receiptXml } from '../../src/domain/receiptXml';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { holdsElsewhere } from '../support/otherVerifier';
import {
  anyReceipt,
  certificateFrom,
  instant,
  issuedAt,
  ourCertificate,
  plainReceipt,
  replacement,
  theirCertificate,
} from '../support/receipts';

const now = addMs(issuedAt, 1_500);
let ours: CertificateAndKey;
let theirs: CertificateAndKey;
let signed: string;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([ourCertificate(), theirCertificate()]);
  signed = signReceiptXml(receiptXml(replacement), { ...ours, now });
});

const sign = (xml: string, at: Instant = now, by = ours) => signReceiptXml(xml, { ...by, now: at });
const verify = (xml: string) => verifyReceiptXml(xml, [ours.certificatePem]);

describe('A signed receipt', () => {
  it('is found good by another library, and reads as the content that was signed', async () => {
    expect(await holdsElsewhere(signed)).toBe(true);
    const check = verify(signed);
    expect(check).toEqual({
      ok: true,
      content: replacement,
      signature: { signedAt: now, certificate: seeCertificate(ours.certificatePem) },
    });
  });

  it('is found good by another library whatever stands in its texts', async () => {
    await fc.assert(
      fc.asyncProperty(anyReceipt, async (content) => {
        const xml = receiptXml(content);
        const another = sign(xml);
        expect(await holdsElsewhere(another)).toBe(true);
        const check = verify(another);
        expect(check.ok && receiptXml(check.content)).toBe(xml);
      }),
      { numRuns: 25 },
    );
  });

  it('has its signature directly before its end, over all of it and over the time of signing', () => {
    const start = signed.indexOf('<Signature ');
    expect(`${signed.slice(0, start)}</BienLai>`).toBe(receiptXml(replacement));
    expect(signed.slice(start)).toMatch(/^<Signature Id="ChuKySo".*<\/Signature><\/BienLai>$/);
    expect(signed).toContain('<Reference URI="">');
    expect(signed).toContain('<Reference URI="#ThoiDiemKy">');
    expect(signed).toContain(`<SigningTime>${now}</SigningTime>`);
    expect(signed).toContain(new X509Certificate(ours.certificatePem).raw.toString('base64'));
    expect(signed).toContain('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
  });

  it('is the same bytes when it is signed again at the same instant', () => {
    expect(sign(receiptXml(replacement))).toBe(signed);
  });

  it('stays good when other certificates of ours have come since', () => {
    expect(verifyReceiptXml(signed, [theirs.certificatePem, ours.certificatePem]).ok).toBe(true);
  });
});

describe('One changed byte', () => {
  const flipped = (bytes: Buffer, at: number, bit: number): string => {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << bit);
    return changed.toString('utf8');
  };

  it('anywhere in the content is detected', () => {
    const bytes = Buffer.from(signed);
    const end = Buffer.from(signed.slice(0, signed.indexOf('<Signature '))).length;
    fc.assert(
      fc.property(fc.nat(end - 1), fc.nat(7), (at, bit) => {
        expect(verify(flipped(bytes, at, bit))).toEqual({ ok: false, why: 'signature_broken' });
      }),
      { numRuns: 1_000 },
    );
  });

  it('in the content of a well-formed receipt is detected by the other library too', async () => {
    for (const [from, to] of [
      ['<So>13', '<So>14'],
      ['Phí thẩm', 'Phi thẩm'],
      ['>cash<', '>cast<'],
    ] as const) {
      const changed = signed.replace(from, to);
      expect(changed).not.toBe(signed);
      expect(verify(changed).ok).toBe(false);
      expect(await holdsElsewhere(changed)).toBe(false);
    }
  });

  it('anywhere in the whole file is detected', () => {
    const bytes = Buffer.from(signed);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        expect(verify(flipped(bytes, at, bit)).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('that spells the same signature in another way is detected', () => {
    const value = /<SignatureValue>([^<]*)</.exec(signed)?.[1] ?? '';
    const next = String.fromCharCode(value.charCodeAt(value.length - 3) + 1);
    const respelt = `${value.slice(0, -3)}${next}==`;
    expect(Buffer.from(respelt, 'base64')).toEqual(Buffer.from(value, 'base64'));
    expect(verify(signed.replace(value, respelt))).toEqual({ ok: false, why: 'signature_broken' });
  });

  it('in the time of signing is detected', () => {
    expect(verify(signed.replace(`<SigningTime>${now}`, `<SigningTime>${addMs(now, 1)}`))).toEqual({ ok: false, why: 'signature_broken' });
  });
});

describe('A signature is not believed', () => {
  const dear = (): string =>
    receiptXml({ ...replacement, lines: replacement.lines.slice(0, 1), total: replacement.lines[0]?.amount ?? replacement.total });
  const signatureOf = (xml: string): string => xml.slice(xml.indexOf('<Signature '), -'</BienLai>'.length);
  const withSignature = (xml: string, signature: string): string => xml.replace('</BienLai>', `${signature}</BienLai>`);

  it('on another receipt', () => {
    expect(verify(withSignature(dear(), signatureOf(signed)))).toEqual({ ok: false, why: 'signature_broken' });
  });

  it('by a certificate that is not ours, though it bears the same names', async () => {
    const forged = sign(receiptXml(replacement), now, theirs);
    expect(await holdsElsewhere(forged)).toBe(true);
    expect(verify(forged)).toEqual({ ok: false, why: 'certificate_foreign' });
    expect(verifyReceiptXml(signed, [])).toEqual({ ok: false, why: 'certificate_foreign' });
  });

  it('by a foreign key under our certificate', () => {
    const bare = (pem: string) => new X509Certificate(pem).raw.toString('base64');
    const forged = sign(receiptXml(replacement), now, theirs).replace(bare(theirs.certificatePem), bare(ours.certificatePem));
    expect(verify(forged)).toEqual({ ok: false, why: 'signature_broken' });
  });

  it('by no key at all, where the algorithm was changed to one with a shared secret', () => {
    expect(verify(signed.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#hmac-sha1')).ok).toBe(false);
  });

  it('when the signed receipt is wrapped in another one', () => {
    const object = `<Object>${signed}</Object></Signature>`;
    for (const wrapped of [
      dear().replace('</BienLai>', `${signed}</BienLai>`),
      withSignature(dear(), signatureOf(signed).replace('</Signature>', object)),
      `<BienLaiGoc>${signed}</BienLaiGoc>`,
      dear().replace('<MaTraCuu>', `<MaTraCuu>${signed}`),
      withSignature(signed, signatureOf(signed)),
    ]) {
      expect(verify(wrapped)).toEqual({ ok: false, why: 'signature_broken' });
    }
  });

  it.each([
    ['with nothing signed', (xml: string) => xml.replace(/<Reference URI="">.*?<\/Reference>/, '')],
    ['with another part of the document signed', (xml: string) => xml.replace('<Reference URI="">', '<Reference URI="#ThoiDiemKy">')],
    [
      'with a transform that leaves more out',
      (xml: string) => xml.replace('<Transforms>', '<Transforms><Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>'),
    ],
    ['with a document type', (xml: string) => `<!DOCTYPE BienLai [<!ENTITY a "b">]>${xml}`],
    ['with a declaration', (xml: string) => `<?xml version="1.0" encoding="UTF-8"?>${xml}`],
    ['with a comment', (xml: string) => xml.replace('<So>13', '<So>1<!-- -->3')],
    ['with an element that nobody closes', (xml: string) => xml.replace('<KeyInfo>', '<KeyInfo><Any>')],
    ['without its end', (xml: string) => xml.slice(0, -1)],
    ['of nothing', () => ''],
    ['of a receipt that nobody signed', () => receiptXml(plainReceipt)],
  ])('%s', (_, change) => {
    expect(verify(change(signed))).toEqual({ ok: false, why: 'signature_broken' });
  });
});

describe('A certificate signs only in its time', () => {
  const lastInstant = instantOf(Date.parse('2027-11-01T00:00:00+07:00'));

  it.each([
    ['the first instant', certificateFrom],
    ['the last instant', lastInstant],
  ])('at %s', (_, at) => {
    expect(verify(sign(receiptXml(plainReceipt), at)).ok).toBe(true);
  });

  it.each([
    ['before its first instant', addMs(certificateFrom, -1), 'certificate_not_yet_valid'],
    ['after its last instant', addMs(lastInstant, 1), 'certificate_expired'],
  ])('and not %s', (_, at, why) => {
    expect(() => sign(receiptXml(plainReceipt), at)).toThrow(CertificateUnusable);
    expect(() => sign(receiptXml(plainReceipt), at)).toThrow(why);
  });

  it.each([
    ['before it was valid', addMs(certificateFrom, -1), 'certificate_not_yet_valid'],
    ['after it expired', addMs(lastInstant, 1), 'certificate_expired'],
  ])('so a receipt that some other program signed with it %s is refused', (_, at, why) => {
    expect(verify(signedByForce(at))).toEqual({ ok: false, why });
  });

  it('and not with the key of another one', () => {
    const mixed = { certificatePem: ours.certificatePem, privateKeyPem: theirs.privateKeyPem };
    expect(() => sign(receiptXml(plainReceipt), now, mixed)).toThrow('key_foreign');
  });

  it('and signs nothing but receipts', () => {
    expect(() => sign('<BienLai/>')).toThrow(RangeError);
    expect(() => sign(signed)).toThrow(RangeError);
  });

  /** Our own signing refuses, so the digest of the time and the signature are made anew by hand. */
  function signedByForce(at: Instant): string {
    const good = sign(receiptXml(plainReceipt));
    const property = (time: Instant) =>
      `<Object xmlns="http://www.w3.org/2000/09/xmldsig#" Id="ThoiDiemKy"><SignatureProperties><SignatureProperty Target="#ChuKySo">` +
      `<SigningTime>${time}</SigningTime></SignatureProperty></SignatureProperties></Object>`;
    const digest = (text: string) => createHash('sha256').update(text).digest('base64');
    const moved = good.replace(`<SigningTime>${now}`, `<SigningTime>${at}`).replace(digest(property(now)), digest(property(at)));
    const info = /<SignedInfo>.*<\/SignedInfo>/.exec(moved)?.[0] ?? '';
    const canonical = info
      .replace('<SignedInfo>', '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">')
      .replace(/<(\w+)( [^<>]*)\/>/g, '<$1$2></$1>');
    const value = createSign('RSA-SHA256').update(canonical).sign(createPrivateKey(ours.privateKeyPem), 'base64');
    return moved.replace(/<SignatureValue>.*<\/SignatureValue>/, `<SignatureValue>${value}</SignatureValue>`);
  }
});

describe('The demo certificate', () => {
  it('names the organisation and its tax code, and says that it is a demo, in its subject and in every look at it', () => {
    const { subject, issuer } = new X509Certificate(ours.certificatePem);
    expect(subject).toBe(issuer);
    expect(subject).toContain('OU=DÙNG THỬ – DEMO');
    expect(seeCertificate(ours.certificatePem)).toEqual({
      signer: plainReceipt.collector.name,
      taxCode: '0101234567',
      issuer: `DÙNG THỬ – DEMO: ${plainReceipt.collector.name}`,
      serialNumber: expect.stringMatching(/^[4-7][0-9A-F]{31}$/),
      validFrom: certificateFrom,
      validTo: instant('2027-11-01T00:00:00+07:00'),
      isDemo: true,
    });
  });

  it('is signed by itself and fits its key', () => {
    const certificate = new X509Certificate(ours.certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(ours.privateKeyPem))).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(ours.privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it('is another one every time', () => {
    expect(seeCertificate(theirs.certificatePem).serialNumber).not.toBe(seeCertificate(ours.certificatePem).serialNumber);
    expect(theirs.privateKeyPem).not.toBe(ours.privateKeyPem);
  });
});
