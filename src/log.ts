// The log: one JSON line per event, without secrets and without personal data.
import { pino, type Logger } from 'pino';

export type Log = Logger;

export const openLog = (level: 'info' | 'silent' | 'warn' = 'info'): Log =>
  pino({
    level,
    redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.secret', '*.secretKey'],
    timestamp: pino.stdTimeFunctions.isoTime,
  });
