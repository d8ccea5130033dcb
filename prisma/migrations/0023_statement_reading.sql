-- Statements as they are read: what a file says of itself, whose turn it is to read it, and that no transaction is two lines.

ALTER TABLE "statement_file" ADD COLUMN "row_count" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "statement_file" ADD COLUMN "seen_count" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "statement_file" ADD COLUMN "totals" TEXT;
ALTER TABLE "statement_file" ADD COLUMN "sample" TEXT;
ALTER TABLE "statement_file" ADD COLUMN "claimed_at" TEXT;
ALTER TABLE "statement_file" ADD COLUMN "tries" BIGINT NOT NULL DEFAULT 0;

DROP INDEX "statement_line_file_id_idx";
CREATE INDEX "statement_line_file_id_row_number_idx" ON "statement_line"("file_id", "row_number");
DROP INDEX "statement_line_transaction_id_idx";
CREATE UNIQUE INDEX "statement_line_transaction_id_key" ON "statement_line"("transaction_id");
