-- Derived from ../../migrations by derive.ts: do not edit.
-- The book of the pretend bank of demo mode: what moved there, whether the service was told of it or not.

CREATE TABLE "pretend_movement" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "account_id" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "content" TEXT NOT NULL,
  "bank_reference" TEXT NOT NULL,
  "bank_time" TEXT NOT NULL,
  CONSTRAINT "pretend_movement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "pretend_movement_check_1" CHECK ("amount" > 0)
);
CREATE INDEX "pretend_movement_account_id_bank_time_idx" ON "pretend_movement"("account_id", "bank_time");
