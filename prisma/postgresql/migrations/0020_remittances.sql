-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- What a unit may keep of each fee, and what it hands over to the State budget; every step with its person and time.

CREATE TABLE "retention" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "agency_code" TEXT NOT NULL,
  "fee_id" TEXT NOT NULL,
  "retained_points" BIGINT NOT NULL,
  "remit_by_day" BIGINT NOT NULL,
  "legal_basis" TEXT NOT NULL,
  "valid_from" TEXT NOT NULL,
  "valid_to" TEXT,
  "proposed_by" TEXT NOT NULL,
  "proposed_at" TEXT NOT NULL,
  CONSTRAINT "retention_check_1" CHECK ("retained_points" >= 0),
  CONSTRAINT "retention_check_2" CHECK ("retained_points" <= 10000),
  CONSTRAINT "retention_check_3" CHECK ("remit_by_day" IN (5, 20))
);
CREATE INDEX "retention_fee_id_idx" ON "retention"("fee_id");
CREATE TRIGGER "retention_refuses_update" BEFORE UPDATE ON "retention" FOR EACH ROW EXECUTE FUNCTION refuse_change('retention is append-only');
CREATE TRIGGER "retention_refuses_delete" BEFORE DELETE ON "retention" FOR EACH ROW EXECUTE FUNCTION refuse_change('retention is append-only');

CREATE TABLE "retention_decision" (
  "retention_id" TEXT NOT NULL PRIMARY KEY,
  "decision" TEXT NOT NULL,
  "decided_by" TEXT NOT NULL,
  "decided_at" TEXT NOT NULL,
  CONSTRAINT "retention_decision_retention_id_fkey" FOREIGN KEY ("retention_id") REFERENCES "retention" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "retention_decision_check_1" CHECK ("decision" IN ('approved', 'refused'))
);
CREATE TRIGGER "retention_decision_refuses_update" BEFORE UPDATE ON "retention_decision" FOR EACH ROW EXECUTE FUNCTION refuse_change('retention_decision is append-only');
CREATE TRIGGER "retention_decision_refuses_delete" BEFORE DELETE ON "retention_decision" FOR EACH ROW EXECUTE FUNCTION refuse_change('retention_decision is append-only');

CREATE TABLE "remittance" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "agency_code" TEXT NOT NULL,
  "number" BIGINT NOT NULL,
  "account_id" TEXT NOT NULL,
  "month" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "due_day" TEXT NOT NULL,
  "drafted_by" TEXT NOT NULL,
  "drafted_at" TEXT NOT NULL,
  CONSTRAINT "remittance_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "remittance_check_1" CHECK ("amount" > 0)
);
CREATE UNIQUE INDEX "remittance_agency_code_number_key" ON "remittance"("agency_code", "number");
CREATE INDEX "remittance_account_id_amount_idx" ON "remittance"("account_id", "amount");
CREATE TRIGGER "remittance_refuses_update" BEFORE UPDATE ON "remittance" FOR EACH ROW EXECUTE FUNCTION refuse_change('remittance is append-only');
CREATE TRIGGER "remittance_refuses_delete" BEFORE DELETE ON "remittance" FOR EACH ROW EXECUTE FUNCTION refuse_change('remittance is append-only');

CREATE TABLE "remittance_line" (
  "remittance_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "month" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  PRIMARY KEY ("remittance_id", "position"),
  CONSTRAINT "remittance_line_remittance_id_fkey" FOREIGN KEY ("remittance_id") REFERENCES "remittance" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "remittance_line_check_1" CHECK ("kind" IN ('phi', 'le_phi', 'owed')),
  CONSTRAINT "remittance_line_check_2" CHECK ("amount" <> 0)
);
CREATE TRIGGER "remittance_line_refuses_update" BEFORE UPDATE ON "remittance_line" FOR EACH ROW EXECUTE FUNCTION refuse_change('remittance_line is append-only');
CREATE TRIGGER "remittance_line_refuses_delete" BEFORE DELETE ON "remittance_line" FOR EACH ROW EXECUTE FUNCTION refuse_change('remittance_line is append-only');

CREATE TABLE "remittance_step" (
  "remittance_id" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "taken_by" TEXT NOT NULL,
  "taken_at" TEXT NOT NULL,
  "reason" TEXT,
  "transaction_id" TEXT,
  PRIMARY KEY ("remittance_id", "version"),
  CONSTRAINT "remittance_step_remittance_id_fkey" FOREIGN KEY ("remittance_id") REFERENCES "remittance" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "remittance_step_check_1" CHECK ("state" IN ('approved', 'refused', 'withdrawn', 'sent', 'confirmed')),
  CONSTRAINT "remittance_step_check_2" CHECK (("state" = 'confirmed') = ("transaction_id" IS NOT NULL))
);
CREATE TRIGGER "remittance_step_refuses_update" BEFORE UPDATE ON "remittance_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('remittance_step is append-only');
CREATE TRIGGER "remittance_step_refuses_delete" BEFORE DELETE ON "remittance_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('remittance_step is append-only');
