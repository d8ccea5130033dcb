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
}

let nextId = 1_000_000;

export function transferBody({
  content,
  amount,
  id = ++nextId,
  accountNumber = '1026101000',
  transferType = 'in',
  time,
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
      accumulated: 0,
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
