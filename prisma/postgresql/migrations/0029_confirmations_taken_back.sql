-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- A confirmation of a refund may be taken back, and money that left may have been debited by a gateway for a payout in which refunds weigh more.

CREATE TABLE "new_refund_step" (
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
  CONSTRAINT "new_refund_step_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "new_refund_step_check_1" CHECK ("act" IN ('request', 'prepare', 'approve', 'refuse', 'send', 'confirm', 'take_back', 'fail', 'withdraw'))
);
INSERT INTO "new_refund_step" ("refund_id", "version", "act", "from_state", "to_state", "taken_by", "on_behalf_of", "taken_at", "reason")
  SELECT "refund_id", "version", "act", "from_state", "to_state", "taken_by", "on_behalf_of", "taken_at", "reason" FROM "refund_step";
DROP TABLE "refund_step";
ALTER TABLE "new_refund_step" RENAME TO "refund_step";
CREATE TRIGGER "refund_step_refuses_update" BEFORE UPDATE ON "refund_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_step is append-only');
CREATE TRIGGER "refund_step_refuses_delete" BEFORE DELETE ON "refund_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('refund_step is append-only');

CREATE TABLE "new_explanation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "transaction_id" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "subject_id" TEXT,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "explained_by" TEXT NOT NULL,
  "explained_at" TEXT NOT NULL,
  "undoes" TEXT,
  CONSTRAINT "new_explanation_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "new_explanation_check_1" CHECK ("purpose" IN ('refund', 'remittance', 'settlement', 'bank_fee', 'own_transfer', 'other', 'undo')),
  CONSTRAINT "new_explanation_check_2" CHECK ("amount" > 0),
  CONSTRAINT "new_explanation_check_3" CHECK (("purpose" IN ('refund', 'remittance', 'settlement')) <= ("subject_id" IS NOT NULL)),
  CONSTRAINT "new_explanation_check_4" CHECK (("purpose" = 'undo') = ("undoes" IS NOT NULL))
);
INSERT INTO "new_explanation" ("id", "transaction_id", "purpose", "subject_id", "amount", "reason", "explained_by", "explained_at", "undoes")
  SELECT "id", "transaction_id", "purpose", "subject_id", "amount", "reason", "explained_by", "explained_at", "undoes" FROM "explanation";
DROP TABLE "explanation";
ALTER TABLE "new_explanation" RENAME TO "explanation";
CREATE UNIQUE INDEX "explanation_undoes_key" ON "explanation"("undoes");
CREATE INDEX "explanation_transaction_id_idx" ON "explanation"("transaction_id");
CREATE INDEX "explanation_subject_id_idx" ON "explanation"("subject_id");
CREATE TRIGGER "explanation_refuses_update" BEFORE UPDATE ON "explanation" FOR EACH ROW EXECUTE FUNCTION refuse_change('explanation is append-only');
CREATE TRIGGER "explanation_refuses_delete" BEFORE DELETE ON "explanation" FOR EACH ROW EXECUTE FUNCTION refuse_change('explanation is append-only');
