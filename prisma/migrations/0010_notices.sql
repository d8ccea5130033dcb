-- Letters to citizens: where they go, the queue of them, one-time codes for finding a payment, and taps of satisfaction after it.

ALTER TABLE "dossier" ADD COLUMN "applicant_email" TEXT;

CREATE TABLE "letter" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "dossier_id" TEXT,
  "obligation_id" TEXT,
  "sealed" TEXT,
  "state" TEXT NOT NULL,
  "attempts" BIGINT NOT NULL,
  "next_attempt_at" TEXT NOT NULL,
  "give_up_at" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "ended_at" TEXT,
  "last_answer" TEXT,
  CONSTRAINT "letter_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "letter_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "letter_check_1" CHECK ("state" IN ('waiting', 'sent', 'given_up', 'for_nobody'))
);
CREATE INDEX "letter_state_next_attempt_at_idx" ON "letter"("state", "next_attempt_at");
CREATE INDEX "letter_state_ended_at_idx" ON "letter"("state", "ended_at");
CREATE INDEX "letter_obligation_id_idx" ON "letter"("obligation_id");

CREATE TABLE "find_code" (
  "subject" TEXT NOT NULL PRIMARY KEY,
  "code_mark" TEXT,
  "tries" BIGINT NOT NULL,
  "asked_at" TEXT NOT NULL,
  "expires_at" TEXT NOT NULL
);
CREATE INDEX "find_code_expires_at_idx" ON "find_code"("expires_at");

CREATE TABLE "outbox_letter" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "at" TEXT NOT NULL,
  "recipient" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL
);

CREATE TABLE "satisfaction_tap" (
  "payment_mark" TEXT NOT NULL PRIMARY KEY
);

CREATE TABLE "satisfaction_count" (
  "agency_code" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "choice" TEXT NOT NULL,
  "count" BIGINT NOT NULL,
  PRIMARY KEY ("agency_code", "day", "choice"),
  CONSTRAINT "satisfaction_count_check_1" CHECK ("choice" IN ('good', 'fair', 'poor'))
);

-- Of what happened before the service could write letters nobody is told now. The feed is followed from here on.
INSERT INTO "event_cursor" ("name", "event_id") SELECT 'letters', coalesce(max("id"), 0) FROM "event";
