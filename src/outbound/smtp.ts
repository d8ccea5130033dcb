// Sends letters by SMTP: one connection a letter, bounded in time; what a mail server says is never passed on, it may name the recipient.
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { LetterAnswer, Notifier, OutgoingLetter } from './outbound';

/** For one letter as a whole: a server that answers a byte a second holds nobody up for longer. */
const letterMs = 30_000;
const stepMs = 10_000;
/** The server says of this recipient, not of itself: told again it would say the same. */
const refusing = [501, 550, 551, 553];
const tooLate: LetterAnswer = { kind: 'failed', why: 'too slow' };

export interface MailServer {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  url: string;
  /** The sender's address. */
  from: string;
}

/** Elsewhere than on this machine the line is encrypted, or nothing is sent; `?ignoreTLS=true` in the address says otherwise. */
export function smtpNotifier({ url, from }: MailServer, within = { stepMs, letterMs }): Notifier {
  const { hostname, searchParams } = new URL(url);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const transport = createTransport({
    url,
    requireTLS: !isHere && searchParams.get('ignoreTLS') !== 'true',
    connectionTimeout: within.stepMs,
    greetingTimeout: within.stepMs,
    socketTimeout: within.stepMs,
    dnsTimeout: within.stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send = async ({ id, recipient, subject, text }: OutgoingLetter): Promise<LetterAnswer> => {
    const messageId = `<${id}@${from.replace(/^.*@|>$/g, '')}>`; // the same for every try: a mail program shows it once
    const headers = { 'Auto-Submitted': 'auto-generated' };
    try {
      await transport.sendMail({ from, to: { name: '', address: recipient }, subject, text, messageId, headers });
      return { kind: 'accepted' };
    } catch (error) {
      return answerIn(error);
    }
  };
  return {
    send: async (letter) => {
      const ended = new AbortController();
      const late = pause(within.letterMs, tooLate, { signal: ended.signal }).catch(() => tooLate);
      return Promise.race([send(letter), late]).finally(() => ended.abort());
    },
  };
}

/** Only codes, no words of the server. */
function answerIn(error: unknown): LetterAnswer {
  const code = textOf(error, 'code');
  const command = textOf(error, 'command');
  const status = Number(textOf(error, 'responseCode'));
  const why = ['SMTP', status > 0 ? String(status) : code, ...(command ? [`at ${command}`] : [])].join(' ');
  if (command !== 'RCPT TO' || !(status > 0)) return { kind: 'failed', why };
  return { kind: refusing.includes(status) ? 'refused' : 'deferred', why };
}

const textOf = (error: unknown, name: string): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
