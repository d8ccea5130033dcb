-- Derived from ../../migrations by derive.ts: do not edit.
-- Papers that are long are written in the background, and kept to be fetched.

CREATE TABLE "paper_export" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "paper" TEXT NOT NULL,
  "form" TEXT NOT NULL,
  "question" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "asked_by" TEXT NOT NULL,
  "asked_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "rows_done" BIGINT NOT NULL,
  "row_count" BIGINT NOT NULL,
  "byte_count" BIGINT NOT NULL,
  "told_at" TEXT,
  "problem" TEXT,
  "ended_at" TEXT,
  CONSTRAINT "paper_export_check_1" CHECK ("state" IN ('waiting', 'writing', 'done', 'failed', 'cancelled', 'expired'))
);
CREATE INDEX "paper_export_state_id_idx" ON "paper_export"("state", "id");
CREATE INDEX "paper_export_agency_code_id_idx" ON "paper_export"("agency_code", "id");

CREATE TABLE "paper_export_part" (
  "export_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "bytes" BYTEA NOT NULL,
  PRIMARY KEY ("export_id", "position"),
  CONSTRAINT "paper_export_part_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "paper_export" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
