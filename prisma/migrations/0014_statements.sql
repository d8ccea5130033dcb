-- Statements: the bank's own lists as files, each movement in them once, and what became of it.

CREATE TABLE "statement_file" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "account_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "layout" TEXT,
  "sha256" TEXT NOT NULL,
  "byte_count" BIGINT NOT NULL,
  "kept_by" TEXT NOT NULL,
  "kept_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "bytes_read" BIGINT NOT NULL,
  "line_count" BIGINT NOT NULL,
  "known_count" BIGINT NOT NULL,
  "rejected_count" BIGINT NOT NULL,
  "new_count" BIGINT NOT NULL,
  "held_count" BIGINT NOT NULL,
  "opening_balance" BIGINT,
  "closing_balance" BIGINT,
  "credit_sum" BIGINT NOT NULL,
  "debit_sum" BIGINT NOT NULL,
  "is_balanced" BIGINT,
  "first_day" TEXT,
  "last_day" TEXT,
  "is_final" BIGINT NOT NULL,
  "problem" TEXT,
  "ended_at" TEXT,
  CONSTRAINT "statement_file_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "statement_file_check_1" CHECK ("state" IN ('waiting', 'reading', 'read', 'refused', 'cancelled'))
);
CREATE INDEX "statement_file_account_id_first_day_idx" ON "statement_file"("account_id", "first_day");
CREATE INDEX "statement_file_state_idx" ON "statement_file"("state");

CREATE TABLE "statement_part" (
  "file_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "bytes" BLOB NOT NULL,
  PRIMARY KEY ("file_id", "position"),
  CONSTRAINT "statement_part_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "statement_file" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "statement_part_refuses_update" BEFORE UPDATE ON "statement_part" BEGIN SELECT RAISE(ABORT, 'statement_part is append-only'); END;
CREATE TRIGGER "statement_part_refuses_delete" BEFORE DELETE ON "statement_part" BEGIN SELECT RAISE(ABORT, 'statement_part is append-only'); END;

CREATE TABLE "statement_line" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "account_id" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "identity" TEXT NOT NULL,
  "occurrence" BIGINT NOT NULL,
  "direction" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "bank_reference" TEXT,
  "content" TEXT NOT NULL,
  "booked_at" TEXT NOT NULL,
  "balance_after" BIGINT,
  "payer_name" TEXT,
  "payer_account" TEXT,
  "file_id" TEXT NOT NULL,
  "row_number" BIGINT NOT NULL,
  "transaction_id" TEXT,
  CONSTRAINT "statement_line_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "statement_file" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "statement_line_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "statement_line_check_1" CHECK ("amount" > 0),
  CONSTRAINT "statement_line_check_2" CHECK ("direction" IN ('in', 'out'))
);
CREATE UNIQUE INDEX "statement_line_identity_occurrence_key" ON "statement_line"("identity", "occurrence");
CREATE INDEX "statement_line_account_id_day_idx" ON "statement_line"("account_id", "day");
CREATE INDEX "statement_line_transaction_id_idx" ON "statement_line"("transaction_id");
CREATE INDEX "statement_line_file_id_idx" ON "statement_line"("file_id");
CREATE TRIGGER "statement_line_refuses_delete" BEFORE DELETE ON "statement_line" BEGIN SELECT RAISE(ABORT, 'statement_line is never deleted'); END;

CREATE TABLE "statement_sighting" (
  "file_id" TEXT NOT NULL,
  "row_number" BIGINT NOT NULL,
  "line_id" BIGINT NOT NULL,
  "bank_reference" TEXT,
  PRIMARY KEY ("file_id", "row_number"),
  CONSTRAINT "statement_sighting_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "statement_file" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "statement_sighting_line_id_idx" ON "statement_sighting"("line_id");
CREATE TRIGGER "statement_sighting_refuses_update" BEFORE UPDATE ON "statement_sighting" BEGIN SELECT RAISE(ABORT, 'statement_sighting is append-only'); END;
CREATE TRIGGER "statement_sighting_refuses_delete" BEFORE DELETE ON "statement_sighting" BEGIN SELECT RAISE(ABORT, 'statement_sighting is append-only'); END;

CREATE TABLE "statement_rejection" (
  "file_id" TEXT NOT NULL,
  "row_number" BIGINT NOT NULL,
  "why" TEXT NOT NULL,
  "cell" TEXT,
  PRIMARY KEY ("file_id", "row_number"),
  CONSTRAINT "statement_rejection_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "statement_file" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "statement_rejection_refuses_update" BEFORE UPDATE ON "statement_rejection" BEGIN SELECT RAISE(ABORT, 'statement_rejection is append-only'); END;
CREATE TRIGGER "statement_rejection_refuses_delete" BEFORE DELETE ON "statement_rejection" BEGIN SELECT RAISE(ABORT, 'statement_rejection is append-only'); END;

CREATE TABLE "statement_line_decision" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "line_id" BIGINT NOT NULL,
  "action" TEXT NOT NULL,
  "transaction_id" TEXT,
  "reason" TEXT NOT NULL,
  "decided_by" TEXT NOT NULL,
  "decided_at" TEXT NOT NULL,
  CONSTRAINT "statement_line_decision_check_1" CHECK ("action" IN ('same', 'new', 'undo'))
);
CREATE INDEX "statement_line_decision_line_id_idx" ON "statement_line_decision"("line_id");
CREATE TRIGGER "statement_line_decision_refuses_update" BEFORE UPDATE ON "statement_line_decision" BEGIN SELECT RAISE(ABORT, 'statement_line_decision is append-only'); END;
CREATE TRIGGER "statement_line_decision_refuses_delete" BEFORE DELETE ON "statement_line_decision" BEGIN SELECT RAISE(ABORT, 'statement_line_decision is append-only'); END;

CREATE TABLE "statement_layout" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "header_mark" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "made_by" TEXT NOT NULL,
  "made_at" TEXT NOT NULL
);
CREATE INDEX "statement_layout_header_mark_idx" ON "statement_layout"("header_mark");
