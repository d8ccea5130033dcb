-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- What a person has seen of messages and movements that pay nothing: it leaves their lists, and changes nothing about money.

CREATE TABLE "seen" (
  "subject_id" TEXT NOT NULL PRIMARY KEY,
  "officer_id" TEXT NOT NULL,
  "seen_at" TEXT NOT NULL,
  "reason" TEXT
);

CREATE TRIGGER "seen_refuses_update" BEFORE UPDATE ON "seen" FOR EACH ROW EXECUTE FUNCTION refuse_change('seen is append-only');
CREATE TRIGGER "seen_refuses_delete" BEFORE DELETE ON "seen" FOR EACH ROW EXECUTE FUNCTION refuse_change('seen is append-only');
