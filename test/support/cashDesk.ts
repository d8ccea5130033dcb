// A counter with cash, for tests: obligations paid there, shifts opened and closed, and what the books say of its drawer.
import { numberOf } from './books';
import { certifiedCopy, type TestService } from './office';

export function cashDeskAt(service: TestService) {
  const post = (path: string, body: object, key = 'demo-api-key-quay1') => service.call('post', `/api${path}`, body, key);
  const get = (path: string, key = 'demo-api-key-quay1') => service.call('get', `/api${path}`, undefined, key);
  const issued = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  return {
    post,
    get,
    issued,
    /** An obligation of 21.000 ₫, paid in cash. */
    paidInCash: async (counterId = 'quay-1', key = 'demo-api-key-quay1'): Promise<string> => {
      const { id } = await issued();
      await post(`/obligations/${id}/cash`, { amount: 21_000, counterId }, key).expect(201);
      return id;
    },
    open: async (float?: number, counterId = 'quay-1', key = 'demo-api-key-quay1') =>
      (await post('/shifts', { counterId, ...(float === undefined ? {} : { float }) }, key).expect(201)).body,
    openShiftOf: async (counterId: string) => {
      const { data } = (await get(`/shifts?counter=${counterId}&limit=1`, 'demo-api-key-ketoan').expect(200)).body;
      return data[0];
    },
    close: (id: string, body: object, key = 'demo-api-key-quay1') => post(`/shifts/${id}/close`, body, key),
    /** What an account of the books holds. */
    booked: (account: string): Promise<number> =>
      numberOf(
        service.config.databaseUrl,
        `SELECT coalesce((SELECT sum(amount) FROM posting WHERE debit = '${account}'), 0) - coalesce((SELECT sum(amount) FROM posting WHERE credit = '${account}'), 0)`,
      ),
  };
}
