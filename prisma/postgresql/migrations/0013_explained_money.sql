-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Money may turn out to be interest, a transfer of our own, for the budget, a gateway's settlement or cash that was brought to the bank; and
-- what leaves our account is explained too.

CREATE TABLE "new_resolution" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "transaction_id" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "obligation_id" TEXT,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "resolved_by" TEXT NOT NULL,
  "resolved_at" TEXT NOT NULL,
  "undoes" TEXT,
  "subject_id" TEXT,
  CONSTRAINT "new_resolution_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "new_resolution_check_1" CHECK ("action" IN ('allocate', 'refund', 'not_ours', 'interest', 'own_transfer', 'to_budget', 'settlement', 'deposit', 'undo')),
  CONSTRAINT "new_resolution_check_2" CHECK ("amount" > 0),
  CONSTRAINT "new_resolution_check_3" CHECK (("action" = 'allocate') <= ("obligation_id" IS NOT NULL)),
  CONSTRAINT "new_resolution_check_4" CHECK (("action" IN ('settlement', 'deposit')) <= ("subject_id" IS NOT NULL))
);
INSERT INTO "new_resolution" ("id", "transaction_id", "action", "obligation_id", "amount", "reason", "resolved_by", "resolved_at", "undoes")
  SELECT "id", "transaction_id", "action", "obligation_id", "amount", "reason", "resolved_by", "resolved_at", "undoes" FROM "resolution";
DROP TABLE "resolution";
ALTER TABLE "new_resolution" RENAME TO "resolution";
CREATE UNIQUE INDEX "resolution_undoes_key" ON "resolution"("undoes");
CREATE INDEX "resolution_transaction_id_idx" ON "resolution"("transaction_id");
CREATE INDEX "resolution_subject_id_idx" ON "resolution"("subject_id");
CREATE TRIGGER "resolution_refuses_update" BEFORE UPDATE ON "resolution" FOR EACH ROW EXECUTE FUNCTION refuse_change('resolution is append-only');
CREATE TRIGGER "resolution_refuses_delete" BEFORE DELETE ON "resolution" FOR EACH ROW EXECUTE FUNCTION refuse_change('resolution is append-only');

CREATE TABLE "explanation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "transaction_id" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "subject_id" TEXT,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "explained_by" TEXT NOT NULL,
  "explained_at" TEXT NOT NULL,
  "undoes" TEXT,
  CONSTRAINT "explanation_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "explanation_check_1" CHECK ("purpose" IN ('refund', 'remittance', 'bank_fee', 'own_transfer', 'other', 'undo')),
  CONSTRAINT "explanation_check_2" CHECK ("amount" > 0),
  CONSTRAINT "explanation_check_3" CHECK (("purpose" IN ('refund', 'remittance')) <= ("subject_id" IS NOT NULL)),
  CONSTRAINT "explanation_check_4" CHECK (("purpose" = 'undo') = ("undoes" IS NOT NULL))
);
CREATE UNIQUE INDEX "explanation_undoes_key" ON "explanation"("undoes");
CREATE INDEX "explanation_transaction_id_idx" ON "explanation"("transaction_id");
CREATE INDEX "explanation_subject_id_idx" ON "explanation"("subject_id");
CREATE TRIGGER "explanation_refuses_update" BEFORE UPDATE ON "explanation" FOR EACH ROW EXECUTE FUNCTION refuse_change('explanation is append-only');
CREATE TRIGGER "explanation_refuses_delete" BEFORE DELETE ON "explanation" FOR EACH ROW EXECUTE FUNCTION refuse_change('explanation is append-only');
