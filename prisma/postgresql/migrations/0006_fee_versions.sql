-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Fees with history: a change is a version that one person drafts and another approves; and catalogues that are compared before anything changes.

CREATE TABLE "fee_version" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "fee_id" TEXT NOT NULL,
  "procedure_code" TEXT NOT NULL,
  "effective_from" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "procedure_name" TEXT NOT NULL,
  "sector_name" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "drafted_by" TEXT NOT NULL,
  "drafted_at" TEXT NOT NULL,
  "difference_id" TEXT
);
CREATE UNIQUE INDEX "fee_version_id_drafted_by_key" ON "fee_version"("id", "drafted_by");
CREATE INDEX "fee_version_fee_id_idx" ON "fee_version"("fee_id");
CREATE INDEX "fee_version_procedure_code_idx" ON "fee_version"("procedure_code");

CREATE TABLE "fee_decision" (
  "version_id" TEXT NOT NULL PRIMARY KEY,
  "drafted_by" TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "decided_by" TEXT NOT NULL,
  "decided_at" TEXT NOT NULL,
  "note" TEXT,
  CONSTRAINT "fee_decision_version_id_drafted_by_fkey" FOREIGN KEY ("version_id", "drafted_by") REFERENCES "fee_version" ("id", "drafted_by") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "fee_decision_check_1" CHECK ("verdict" IN ('approved', 'withdrawn')),
  CONSTRAINT "fee_decision_check_2" CHECK ("verdict" <> 'approved' OR "decided_by" <> "drafted_by")
);

CREATE TABLE "catalogue_import" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "locality_code" TEXT NOT NULL,
  "compared_on" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "byte_count" BIGINT NOT NULL,
  "part_count" BIGINT NOT NULL,
  "kept_by" TEXT NOT NULL,
  "kept_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "bytes_read" BIGINT NOT NULL,
  "rows_read" BIGINT NOT NULL,
  "rows_alike" BIGINT NOT NULL,
  "difference_count" BIGINT NOT NULL,
  "problem" TEXT,
  "ended_at" TEXT,
  CONSTRAINT "catalogue_import_check_1" CHECK ("state" IN ('arriving', 'waiting', 'done', 'refused'))
);
CREATE INDEX "catalogue_import_state_idx" ON "catalogue_import"("state");

CREATE TABLE "catalogue_part" (
  "import_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "bytes" BYTEA NOT NULL,

    PRIMARY KEY ("import_id", "position"),
  CONSTRAINT "catalogue_part_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "catalogue_import" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "catalogue_difference" (
  "import_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "row_number" BIGINT,
  "procedure_code" TEXT NOT NULL,
  "fee_id" TEXT,
  "body" TEXT NOT NULL,

    PRIMARY KEY ("import_id", "position"),
  CONSTRAINT "catalogue_difference_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "catalogue_import" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "catalogue_difference_import_id_kind_position_idx" ON "catalogue_difference"("import_id", "kind", "position");

CREATE TRIGGER "fee_refuses_update" BEFORE UPDATE ON "fee" FOR EACH ROW EXECUTE FUNCTION refuse_change('fee is append-only');
CREATE TRIGGER "fee_refuses_delete" BEFORE DELETE ON "fee" FOR EACH ROW EXECUTE FUNCTION refuse_change('fee is append-only');
CREATE TRIGGER "fee_version_refuses_update" BEFORE UPDATE ON "fee_version" FOR EACH ROW EXECUTE FUNCTION refuse_change('fee_version is append-only');
CREATE TRIGGER "fee_version_refuses_delete" BEFORE DELETE ON "fee_version" FOR EACH ROW EXECUTE FUNCTION refuse_change('fee_version is append-only');
CREATE TRIGGER "fee_decision_refuses_update" BEFORE UPDATE ON "fee_decision" FOR EACH ROW EXECUTE FUNCTION refuse_change('fee_decision is append-only');
CREATE TRIGGER "fee_decision_refuses_delete" BEFORE DELETE ON "fee_decision" FOR EACH ROW EXECUTE FUNCTION refuse_change('fee_decision is append-only');
CREATE TRIGGER "catalogue_difference_refuses_update" BEFORE UPDATE ON "catalogue_difference" FOR EACH ROW EXECUTE FUNCTION refuse_change('catalogue_difference is append-only');
CREATE TRIGGER "catalogue_difference_refuses_delete" BEFORE DELETE ON "catalogue_difference" FOR EACH ROW EXECUTE FUNCTION refuse_change('catalogue_difference is append-only');
