-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Refunds on their way: who prepared, approved, sent and confirmed them; to whom they go; limits, delegations; and who owns money without a home.

CREATE TABLE "new_refund" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "transaction_id" TEXT NOT NULL,
  "resolution_id" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "requested_by" TEXT NOT NULL,
  "requested_at" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "way" TEXT,
  "code" TEXT,
  "account_id" TEXT,
  "file_id" TEXT,
  "sent_at" TEXT,
  "try_at" TEXT,
  "tries" BIGINT NOT NULL DEFAULT 0,
  "gateway_reference" TEXT,
  "problem" TEXT,
  "confirmed_at" TEXT,
  CONSTRAINT "new_refund_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "new_refund_check_1" CHECK ("amount" > 0),
  CONSTRAINT "new_refund_check_2" CHECK ("state" IN ('requested', 'approved', 'sent', 'confirmed', 'refused', 'failed', 'withdrawn')),
  CONSTRAINT "new_refund_check_3" CHECK ("way" IN ('transfer', 'gateway', 'treasury')),
  CONSTRAINT "new_refund_check_4" CHECK (("state" IN ('approved', 'sent', 'confirmed')) <= ("way" IS NOT NULL)),
  CONSTRAINT "new_refund_check_5" CHECK (("file_id" IS NOT NULL) <= ("account_id" IS NOT NULL))
);
INSERT INTO "new_refund" ("id", "transaction_id", "resolution_id", "amount", "reason", "state", "requested_by", "requested_at", "version")
  SELECT "id", "transaction_id", "resolution_id", "amount", "reason", "state", "requested_by", "requested_at", 1 FROM "refund";
DROP TABLE "refund";
ALTER TABLE "new_refund" RENAME TO "refund";
CREATE UNIQUE INDEX "refund_resolution_id_key" ON "refund"("resolution_id");
CREATE UNIQUE INDEX "refund_code_key" ON "refund"("code");
CREATE INDEX "refund_transaction_id_idx" ON "refund"("transaction_id");
CREATE INDEX "refund_state_id_idx" ON "refund"("state", "id");
CREATE INDEX "refund_file_id_idx" ON "refund"("file_id");

CREATE TABLE "refund_step" (
  "refund_id" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "act" TEXT NOT NULL,
  "from_state" TEXT,
  "to_state" TEXT NOT NULL,
  "taken_by" TEXT NOT NULL,
  "on_behalf_of" TEXT,
  "taken_at" TEXT NOT NULL,
  "reason" TEXT,
  PRIMARY KEY ("refund_id", "version"),
  CONSTRAINT "refund_step_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "refund_step_check_1" CHECK ("act" IN ('request', 'prepare', 'approve', 'refuse', 'send', 'confirm', 'fail', 'withdraw'))
);
INSERT INTO "refund_step" ("refund_id", "version", "act", "to_state", "taken_by", "taken_at", "reason")
  SELECT "id", 1, 'request', 'requested', "requested_by", "requested_at", "reason" FROM "refund";
CREATE TRIGGER "refund_step_refuses_update" BEFORE UPDATE ON "refund_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_step is append-only');
CREATE TRIGGER "refund_step_refuses_delete" BEFORE DELETE ON "refund_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_step is append-only');

CREATE TABLE "refund_payee" (
  "refund_id" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "bank_bin" TEXT NOT NULL,
  "sealed" TEXT NOT NULL,
  "evidence" TEXT,
  "stated_by" TEXT NOT NULL,
  "stated_at" TEXT NOT NULL,
  PRIMARY KEY ("refund_id", "version"),
  CONSTRAINT "refund_payee_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "refund_payee_check_1" CHECK ("kind" IN ('own', 'other')),
  CONSTRAINT "refund_payee_check_2" CHECK (("kind" = 'other') <= ("evidence" IS NOT NULL))
);
CREATE TRIGGER "refund_payee_refuses_update" BEFORE UPDATE ON "refund_payee" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_payee is append-only');
CREATE TRIGGER "refund_payee_refuses_delete" BEFORE DELETE ON "refund_payee" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_payee is append-only');

CREATE TABLE "refund_file" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "account_id" TEXT NOT NULL,
  "refund_count" BIGINT NOT NULL,
  "total" BIGINT NOT NULL,
  "made_by" TEXT NOT NULL,
  "made_at" TEXT NOT NULL,
  CONSTRAINT "refund_file_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "refund_file_check_1" CHECK ("refund_count" > 0 AND "total" > 0)
);
CREATE UNIQUE INDEX "refund_file_code_key" ON "refund_file"("code");
CREATE TRIGGER "refund_file_refuses_update" BEFORE UPDATE ON "refund_file" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_file is append-only');
CREATE TRIGGER "refund_file_refuses_delete" BEFORE DELETE ON "refund_file" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_file is append-only');

CREATE TABLE "refund_limit" (
  "role" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "amount" BIGINT,
  "reason" TEXT NOT NULL,
  "set_by" TEXT NOT NULL,
  "set_at" TEXT NOT NULL,
  PRIMARY KEY ("role", "level", "version"),
  CONSTRAINT "refund_limit_check_1" CHECK ("role" IN ('finance_supervisor', 'leader') AND "level" IN ('unit', 'head')),
  CONSTRAINT "refund_limit_check_2" CHECK ("amount" >= 0)
);
CREATE TRIGGER "refund_limit_refuses_update" BEFORE UPDATE ON "refund_limit" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_limit is append-only');
CREATE TRIGGER "refund_limit_refuses_delete" BEFORE DELETE ON "refund_limit" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_limit is append-only');

CREATE TABLE "refund_delegation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "from_officer" TEXT NOT NULL,
  "to_officer" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "valid_from" TEXT NOT NULL,
  "valid_to" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "made_at" TEXT NOT NULL,
  CONSTRAINT "refund_delegation_check_1" CHECK ("from_officer" <> "to_officer"),
  CONSTRAINT "refund_delegation_check_2" CHECK ("amount" > 0 AND "valid_from" <= "valid_to")
);
CREATE INDEX "refund_delegation_to_officer_idx" ON "refund_delegation"("to_officer");
CREATE TRIGGER "refund_delegation_refuses_update" BEFORE UPDATE ON "refund_delegation" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_delegation is append-only');
CREATE TRIGGER "refund_delegation_refuses_delete" BEFORE DELETE ON "refund_delegation" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_delegation is append-only');

CREATE TABLE "refund_delegation_end" (
  "delegation_id" TEXT NOT NULL PRIMARY KEY,
  "ended_by" TEXT NOT NULL,
  "ended_at" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  CONSTRAINT "refund_delegation_end_delegation_id_fkey" FOREIGN KEY ("delegation_id") REFERENCES "refund_delegation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "refund_delegation_end_refuses_update" BEFORE UPDATE ON "refund_delegation_end" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_delegation_end is append-only');
CREATE TRIGGER "refund_delegation_end_refuses_delete" BEFORE DELETE ON "refund_delegation_end" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_delegation_end is append-only');

CREATE TABLE "disposition_owner" (
  "transaction_id" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "officer_id" TEXT NOT NULL,
  "set_by" TEXT NOT NULL,
  "set_at" TEXT NOT NULL,
  PRIMARY KEY ("transaction_id", "version"),
  CONSTRAINT "disposition_owner_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "disposition_owner_refuses_update" BEFORE UPDATE ON "disposition_owner" FOR EACH ROW EXECUTE FUNCTION refuse_change('disposition_owner is append-only');
CREATE TRIGGER "disposition_owner_refuses_delete" BEFORE DELETE ON "disposition_owner" FOR EACH ROW EXECUTE FUNCTION refuse_change('disposition_owner is append-only');
