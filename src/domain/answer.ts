// Answers: what was first said to a request that carried an Idempotency-Key.

export interface Answer {
  status: number;
  /** JSON text. */
  body: string;
}

export interface AnswerKey {
  /** Who asked: a key means nothing to anybody else. */
  principal: string;
  key: string;
}
