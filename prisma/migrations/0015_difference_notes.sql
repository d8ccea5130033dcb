-- What people say of a difference; and the day of an account, found without reading others.

CREATE TABLE "difference_note" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "account_id" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "difference_key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "text" TEXT NOT NULL,
  "owner_id" TEXT,
  "noted_by" TEXT NOT NULL,
  "noted_at" TEXT NOT NULL,
  CONSTRAINT "difference_note_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "difference_note_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "officer" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "difference_note_check_1" CHECK ("kind" IN ('note', 'owner', 'carry')),
  CONSTRAINT "difference_note_check_2" CHECK (("kind" = 'owner') = ("owner_id" IS NOT NULL))
);
CREATE INDEX "difference_note_account_id_day_idx" ON "difference_note"("account_id", "day");
CREATE TRIGGER "difference_note_refuses_update" BEFORE UPDATE ON "difference_note" BEGIN SELECT RAISE(ABORT, 'difference_note is append-only'); END;
CREATE TRIGGER "difference_note_refuses_delete" BEFORE DELETE ON "difference_note" BEGIN SELECT RAISE(ABORT, 'difference_note is append-only'); END;

CREATE INDEX "incoming_transaction_account_id_bank_time_idx" ON "incoming_transaction"("account_id", "bank_time");
