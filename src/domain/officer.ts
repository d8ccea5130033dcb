// Officers: the people who work with the service, and their signed-in sessions.
import type { Role } from './role';
import type { Instant } from './time';

export interface Officer {
  id: string;
  login: string;
  name: string;
  role: Role;
  agencyCode: string;
  counterId?: string;
  passwordHash: string;
}

export interface Session {
  officerId: string;
  formToken: string;
  createdAt: Instant;
  lastSeenAt: Instant;
}
