-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Money in: many tellers of one transfer, gateways' orders, what people decided about money, and the banks' own lists.

ALTER TABLE "payment_request" ADD COLUMN "order_id" TEXT;
ALTER TABLE "payment_request" ADD COLUMN "virtual_account" TEXT;
CREATE UNIQUE INDEX "payment_request_method_order_id_key" ON "payment_request"("method", "order_id");
CREATE INDEX "payment_request_virtual_account_idx" ON "payment_request"("virtual_account");
CREATE INDEX "payment_request_created_at_idx" ON "payment_request"("created_at");
CREATE INDEX "dossier_applicant_name_idx" ON "dossier"("applicant_name");

ALTER TABLE "delivery" ADD COLUMN "outcome" TEXT;

ALTER TABLE "incoming_transaction" ADD COLUMN "via" TEXT NOT NULL DEFAULT 'push';
ALTER TABLE "incoming_transaction" ADD COLUMN "virtual_account" TEXT;
ALTER TABLE "incoming_transaction" ADD COLUMN "order_id" TEXT;
ALTER TABLE "incoming_transaction" ADD COLUMN "payer_name" TEXT;
ALTER TABLE "incoming_transaction" ADD COLUMN "payer_account" TEXT;
ALTER TABLE "incoming_transaction" ADD COLUMN "bank_identity" TEXT;
ALTER TABLE "incoming_transaction" ADD COLUMN "occurrence" BIGINT;
CREATE UNIQUE INDEX "incoming_transaction_bank_identity_occurrence_key" ON "incoming_transaction"("bank_identity", "occurrence");
CREATE INDEX "incoming_transaction_payer_account_idx" ON "incoming_transaction"("payer_account");

CREATE TABLE "telling" (
  "provider" TEXT NOT NULL,
  "scope" TEXT NOT NULL,
  "provider_id" TEXT NOT NULL,
  "transaction_id" TEXT NOT NULL,
  "delivery_id" TEXT,
  "via" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "told_at" TEXT NOT NULL,

    PRIMARY KEY ("provider", "scope", "provider_id"),
  CONSTRAINT "telling_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "telling_transaction_id_idx" ON "telling"("transaction_id");

CREATE TABLE "resolution" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "transaction_id" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "obligation_id" TEXT,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "resolved_by" TEXT NOT NULL,
  "resolved_at" TEXT NOT NULL,
  "undoes" TEXT,
  CONSTRAINT "resolution_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "resolution_check_1" CHECK ("action" IN ('allocate', 'refund', 'not_ours', 'undo')),
  CONSTRAINT "resolution_check_2" CHECK ("amount" > 0),
  CONSTRAINT "resolution_check_3" CHECK (("action" = 'allocate') <= ("obligation_id" IS NOT NULL))
);
CREATE UNIQUE INDEX "resolution_undoes_key" ON "resolution"("undoes");
CREATE INDEX "resolution_transaction_id_idx" ON "resolution"("transaction_id");

ALTER TABLE "allocation" ADD COLUMN "resolution_id" TEXT;
DROP INDEX "allocation_transaction_id_obligation_id_key";
DROP INDEX "allocation_cash_taking_id_idx";
CREATE INDEX "allocation_transaction_id_idx" ON "allocation"("transaction_id");

CREATE TABLE "refund" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "transaction_id" TEXT NOT NULL,
  "resolution_id" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "requested_by" TEXT NOT NULL,
  "requested_at" TEXT NOT NULL,
  CONSTRAINT "refund_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "refund_check_1" CHECK ("amount" > 0)
);
CREATE UNIQUE INDEX "refund_resolution_id_key" ON "refund"("resolution_id");
CREATE INDEX "refund_transaction_id_idx" ON "refund"("transaction_id");

CREATE TABLE "feed" (
  "account_id" TEXT NOT NULL,
  "provider" TEXT NOT NULL,
  "token_ciphertext" TEXT NOT NULL,
  "base_url" TEXT,
  "cursor" TEXT,
  "pulled_to" TEXT,
  "last_pulled_at" TEXT,
  "problem" TEXT,
  "created_at" TEXT NOT NULL,

    PRIMARY KEY ("account_id", "provider"),
  CONSTRAINT "feed_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "balance_break" (
  "account_id" TEXT NOT NULL,
  "provider" TEXT NOT NULL,
  "after_id" TEXT NOT NULL,
  "before_id" TEXT NOT NULL,
  "starts_at" TEXT NOT NULL,
  "ends_at" TEXT NOT NULL,
  "missing" BIGINT NOT NULL,
  "found_at" TEXT NOT NULL,
  "closed_at" TEXT,

    PRIMARY KEY ("account_id", "provider", "after_id", "before_id")
);

DROP INDEX "entry_day_idx";

CREATE TRIGGER "resolution_refuses_update" BEFORE UPDATE ON "resolution" FOR EACH ROW EXECUTE FUNCTION refuse_change('resolution is append-only');
CREATE TRIGGER "resolution_refuses_delete" BEFORE DELETE ON "resolution" FOR EACH ROW EXECUTE FUNCTION refuse_change('resolution is append-only');
CREATE TRIGGER "telling_refuses_update" BEFORE UPDATE ON "telling" FOR EACH ROW EXECUTE FUNCTION refuse_change('telling is append-only');
CREATE TRIGGER "telling_refuses_delete" BEFORE DELETE ON "telling" FOR EACH ROW EXECUTE FUNCTION refuse_change('telling is append-only');
