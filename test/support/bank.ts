// A bank for tests: says what SePay says, signed as SePay signs.
import request from 'supertest';
import { instantOf, vietnamTimeOf } from '../../src/domain/time';
import { signSepay } from '../../webhooks/sepay/signature';
import type { TestService } from './office';

export interface Transfer {
  content: string;
  amount: number;
  /** SePay's own id: the same money told again carries it again. */
  id?: number;
  accountNumber?: string;
  transferType?: 'in' | 'out';
  /** Vietnamese wall clock. */
  time?: string;
  /** Of the account after it; 0 says that the bank does not know. */
  balance?: number;
}

let nextId = 1_000_000;

export function transferBody({
  content,
  amount,
  id = ++nextId,
  accountNumber = '1026101000',
  transferType = 'in',
  time,
  balance = 0,
}: Transfer): Buffer {
  return Buffer.from(
    JSON.stringify({
      id,
      gateway: 'Vietcombank',
      transactionDate: time ?? vietnamTimeOf(instantOf(Date.now())),
      accountNumber,
      subAccount: null,
      code: null,
      content,
      transferType,
      description: `BankAPINotify ${content}`,
      transferAmount: amount,
      accumulated: balance,
      referenceCode: `FT${id}`,
    }),
  );
}

/** Tells the service of a transfer, genuinely signed. */
export function tell(service: TestService, transfer: Transfer, secret = 'demo-secret-sepay'): request.Test {
  const body = transferBody(transfer);
  return request(service.server)
    .post('/webhooks/sepay')
    .set('content-type', 'application/json')
    .set(signSepay(body, secret, service.ctx.now()))
    .send(body.toString());
}

/** A transfer whose sender the feed knows: Casso says so, in its first version. */
export function tellWithPayer(
  service: TestService,
  { content, amount, id = ++nextId, time }: Transfer,
  payerAccount: string,
  payerName?: string,
) {
  const when = time ?? vietnamTimeOf(instantOf(Date.now()));
  const element = { id, tid: `FT${id}`, description: content, amount, cusum_balance: 0, when, bank_sub_acc_id: '1026101000' };
  const data = [{ ...element, corresponsiveAccount: payerAccount, ...(payerName ? { corresponsiveName: payerName } : {}) }];
  return request(service.server)
    .post('/webhooks/casso')
    .set('content-type', 'application/json')
    .set('secure-token', 'demo-secret-casso')
    .send(JSON.stringify({ error: 0, data }));
}
