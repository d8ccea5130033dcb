// A verifier of XML signatures that shares nothing with ours: another library, another XML parser, Node's web cryptography.
import { webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import * as xmldsig from 'xmldsigjs';

/** The parser that the library brings along, not the one with which receipts are signed. */
const its = createRequire(require.resolve('xmldsigjs'));

its('xml-core').setNodeDependencies({ ...its('@xmldom/xmldom'), xpath: its('xpath') });
xmldsig.Application.setEngine('NodeJS', webcrypto);

/** Whether the signature in the text holds by the certificate that stands in it. */
export async function holdsElsewhere(xml: string): Promise<boolean> {
  const document = xmldsig.Parse(xml);
  const check = new xmldsig.SignedXml(document);
  check.LoadXml(document.getElementsByTagNameNS(xmldsig.XmlSignature.NamespaceURI, 'Signature')[0]);
  try {
    return await check.Verify();
  } catch {
    return false; // the library throws where a digest is another one
  }
}
