-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Claims of citizens that a transfer of theirs is nowhere to be seen, and each step that was taken with one.

CREATE TABLE "claim" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "obligation_id" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "paid_on" TEXT NOT NULL,
  "paid_about" TEXT NOT NULL,
  "bank_bin" TEXT,
  "account_digits" TEXT,
  "bank_reference" TEXT,
  "raised_at" TEXT NOT NULL,
  "answer_by" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "transaction_id" TEXT,
  "confirmed_by" TEXT,
  "answer" TEXT,
  "closed_at" TEXT,
  CONSTRAINT "claim_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "claim_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "claim_check_1" CHECK ("state" IN ('searching', 'proposed', 'confirmed', 'attached', 'answered')),
  CONSTRAINT "claim_check_2" CHECK ("amount" > 0)
);
CREATE INDEX "claim_obligation_id_idx" ON "claim"("obligation_id");
CREATE INDEX "claim_state_id_idx" ON "claim"("state", "id");
CREATE INDEX "claim_transaction_id_idx" ON "claim"("transaction_id");

CREATE TABLE "claim_step" (
  "claim_id" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "transaction_id" TEXT,
  "taken_by" TEXT NOT NULL,
  "taken_at" TEXT NOT NULL,
  "reason" TEXT,
  PRIMARY KEY ("claim_id", "version"),
  CONSTRAINT "claim_step_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "claim_step_refuses_update" BEFORE UPDATE ON "claim_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('claim_step is append-only');
CREATE TRIGGER "claim_step_refuses_delete" BEFORE DELETE ON "claim_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('claim_step is append-only');
