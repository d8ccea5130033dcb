-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- A rule set that nobody wants any more is withdrawn, and stays to be read; receipts are listed in the order of days and numbers, some hundred at a time.

CREATE TABLE "rule_withdrawal" (
  "rule_set_id" TEXT NOT NULL PRIMARY KEY,
  "withdrawn_by" TEXT NOT NULL,
  "withdrawn_at" TEXT NOT NULL,
  CONSTRAINT "rule_withdrawal_rule_set_id_fkey" FOREIGN KEY ("rule_set_id") REFERENCES "rule_set" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "rule_withdrawal_refuses_update" BEFORE UPDATE ON "rule_withdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_withdrawal is append-only');
CREATE TRIGGER "rule_withdrawal_refuses_delete" BEFORE DELETE ON "rule_withdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_withdrawal is append-only');

DROP INDEX "receipt_day_collector_code_idx";
CREATE INDEX "receipt_day_symbol_number_idx" ON "receipt"("day", "symbol", "number");
