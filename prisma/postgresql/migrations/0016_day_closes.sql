-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Day closes: prepared by one person, signed by another, numbered and chained; and which movements each of them covers.

CREATE TABLE "day_close_draft" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "account_id" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "content_hash" TEXT NOT NULL,
  "prepared_by" TEXT NOT NULL,
  "prepared_at" TEXT NOT NULL,
  CONSTRAINT "day_close_draft_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "day_close_draft_account_id_day_idx" ON "day_close_draft"("account_id", "day");
CREATE TRIGGER "day_close_draft_refuses_update" BEFORE UPDATE ON "day_close_draft" FOR EACH ROW EXECUTE FUNCTION refuse_change('day_close_draft is append-only');
CREATE TRIGGER "day_close_draft_refuses_delete" BEFORE DELETE ON "day_close_draft" FOR EACH ROW EXECUTE FUNCTION refuse_change('day_close_draft is append-only');

CREATE TABLE "day_close" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "account_id" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "account_number" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "number" BIGINT NOT NULL,
  "content" TEXT NOT NULL,
  "previous_hash" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "prepared_by" TEXT NOT NULL,
  "prepared_at" TEXT NOT NULL,
  "closed_by" TEXT NOT NULL,
  "closed_at" TEXT NOT NULL,
  CONSTRAINT "day_close_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "day_close_check_1" CHECK ("number" > 0),
  CONSTRAINT "day_close_check_2" CHECK ("prepared_by" <> "closed_by")
);
CREATE UNIQUE INDEX "day_close_account_id_number_key" ON "day_close"("account_id", "number");
CREATE UNIQUE INDEX "day_close_account_id_day_key" ON "day_close"("account_id", "day");
CREATE UNIQUE INDEX "day_close_hash_key" ON "day_close"("hash");
CREATE INDEX "day_close_closed_at_idx" ON "day_close"("closed_at");
CREATE TRIGGER "day_close_refuses_update" BEFORE UPDATE ON "day_close" FOR EACH ROW EXECUTE FUNCTION refuse_change('day_close is append-only');
CREATE TRIGGER "day_close_refuses_delete" BEFORE DELETE ON "day_close" FOR EACH ROW EXECUTE FUNCTION refuse_change('day_close is append-only');

CREATE TABLE "day_close_member" (
  "kind" TEXT NOT NULL,
  "member_id" TEXT NOT NULL,
  "close_id" TEXT NOT NULL,
  PRIMARY KEY ("kind", "member_id"),
  CONSTRAINT "day_close_member_close_id_fkey" FOREIGN KEY ("close_id") REFERENCES "day_close" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "day_close_member_check_1" CHECK ("kind" IN ('line', 'transaction'))
);
CREATE INDEX "day_close_member_close_id_idx" ON "day_close_member"("close_id");
CREATE TRIGGER "day_close_member_refuses_update" BEFORE UPDATE ON "day_close_member" FOR EACH ROW EXECUTE FUNCTION refuse_change('day_close_member is append-only');
CREATE TRIGGER "day_close_member_refuses_delete" BEFORE DELETE ON "day_close_member" FOR EACH ROW EXECUTE FUNCTION refuse_change('day_close_member is append-only');
