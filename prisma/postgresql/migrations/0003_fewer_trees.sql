-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- The same facts in fewer rows and indexes, because each of them is written with every payment: a posting names its cause itself, what only
-- a sum or a list is made of has a number instead of a name, and when an obligation was settled is said once, by itself.

CREATE TABLE "new_posting" (
  "cause_id" TEXT NOT NULL,
  "cause" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "debit" TEXT NOT NULL,
  "credit" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "created_at" TEXT NOT NULL,

    PRIMARY KEY ("cause_id", "cause", "position"),
  CONSTRAINT "posting_check_1" CHECK ("amount" > 0),
  CONSTRAINT "posting_check_2" CHECK ("debit" <> "credit")
);
INSERT INTO "new_posting" SELECT e."cause_id", e."cause", p."position", p."debit", p."credit", p."amount", e."created_at"
  FROM "posting" p JOIN "entry" e ON e."id" = p."entry_id";
DROP TABLE "posting";
DROP TABLE "entry";
ALTER TABLE "new_posting" RENAME TO "posting";
CREATE TRIGGER "posting_refuses_update" BEFORE UPDATE ON "posting" FOR EACH ROW EXECUTE FUNCTION refuse_change('posting is append-only');
CREATE TRIGGER "posting_refuses_delete" BEFORE DELETE ON "posting" FOR EACH ROW EXECUTE FUNCTION refuse_change('posting is append-only');

CREATE TABLE "new_allocation" (
  "id" BIGSERIAL NOT NULL PRIMARY KEY,
  "obligation_id" TEXT NOT NULL,
  "transaction_id" TEXT,
  "cash_taking_id" TEXT,
  "amount" BIGINT NOT NULL,
  "excess" BIGINT NOT NULL,
  "flags" TEXT NOT NULL,
  "method" TEXT NOT NULL,
  "online_flag" BIGINT NOT NULL,
  "paid_at" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "resolution_id" TEXT,
  CONSTRAINT "allocation_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "allocation_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "allocation_cash_taking_id_fkey" FOREIGN KEY ("cash_taking_id") REFERENCES "cash_taking" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "allocation_check_1" CHECK ("amount" <> 0 OR "excess" <> 0),
  CONSTRAINT "allocation_check_2" CHECK (("transaction_id" IS NULL) <> ("cash_taking_id" IS NULL))
);
INSERT INTO "new_allocation" ("obligation_id", "transaction_id", "cash_taking_id", "amount", "excess", "flags", "method", "online_flag", "paid_at", "created_at", "resolution_id")
  SELECT "obligation_id", "transaction_id", "cash_taking_id", "amount", "excess", "flags", "method", "online_flag", "paid_at", "created_at", "resolution_id"
  FROM "allocation" ORDER BY "created_at", "id";
DROP TABLE "allocation";
ALTER TABLE "new_allocation" RENAME TO "allocation";
CREATE INDEX "allocation_obligation_id_idx" ON "allocation"("obligation_id");
CREATE INDEX "allocation_transaction_id_idx" ON "allocation"("transaction_id");
CREATE TRIGGER "allocation_refuses_update" BEFORE UPDATE ON "allocation" FOR EACH ROW EXECUTE FUNCTION refuse_change('allocation is append-only');
CREATE TRIGGER "allocation_refuses_delete" BEFORE DELETE ON "allocation" FOR EACH ROW EXECUTE FUNCTION refuse_change('allocation is append-only');

CREATE TABLE "new_ratio_change" (
  "id" BIGSERIAL NOT NULL PRIMARY KEY,
  "dossier_id" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "sector_code" TEXT NOT NULL,
  "procedure_code" TEXT NOT NULL,
  "counted" BIGINT NOT NULL,
  "online" BIGINT NOT NULL,
  "cashless" BIGINT NOT NULL,
  "amount_due" BIGINT NOT NULL,
  "amount_online" BIGINT NOT NULL
);
INSERT INTO "new_ratio_change" ("dossier_id", "at", "day", "agency_code", "sector_code", "procedure_code", "counted", "online", "cashless", "amount_due", "amount_online")
  SELECT "dossier_id", "at", "day", "agency_code", "sector_code", "procedure_code", "counted", "online", "cashless", "amount_due", "amount_online"
  FROM "ratio_change" ORDER BY "at", "id";
DROP TABLE "ratio_change";
ALTER TABLE "new_ratio_change" RENAME TO "ratio_change";
CREATE INDEX "ratio_change_day_idx" ON "ratio_change"("day");
CREATE INDEX "ratio_change_dossier_id_idx" ON "ratio_change"("dossier_id");
CREATE TRIGGER "ratio_change_refuses_update" BEFORE UPDATE ON "ratio_change" FOR EACH ROW EXECUTE FUNCTION refuse_change('ratio_change is append-only');
CREATE TRIGGER "ratio_change_refuses_delete" BEFORE DELETE ON "ratio_change" FOR EACH ROW EXECUTE FUNCTION refuse_change('ratio_change is append-only');

DROP INDEX "event_counter_id_id_idx";

ALTER TABLE "obligation" ADD COLUMN "settled_at" TEXT;
UPDATE "obligation" SET "settled_at" = coalesce(
    (SELECT max(r."closed_at") FROM "payment_request" r WHERE r."obligation_id" = "obligation"."id" AND r."closed_as" = 'paid'),
    (SELECT max(a."created_at") FROM "allocation" a WHERE a."obligation_id" = "obligation"."id"),
    "created_at")
  WHERE "cancelled_at" IS NULL AND "due" > 0 AND "paid" >= "due";
UPDATE "payment_request" SET "closed_as" = NULL, "closed_at" = NULL WHERE "closed_as" = 'paid';
