-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Shifts at the counters, cash that goes back over the counter, and cash that is brought to the bank. What happened is only added to.

CREATE TABLE "shift" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "counter_id" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "number" BIGINT NOT NULL,
  "officer_id" TEXT NOT NULL,
  "opened_at" TEXT NOT NULL,
  "opening_float" BIGINT NOT NULL,
  "taken_over" BIGINT NOT NULL,
  "is_implicit" BIGINT NOT NULL,
  CONSTRAINT "shift_check_1" CHECK ("taken_over" >= 0),
  CONSTRAINT "shift_check_2" CHECK ("opening_float" >= "taken_over")
);
CREATE UNIQUE INDEX "shift_counter_id_number_key" ON "shift"("counter_id", "number");
CREATE INDEX "shift_agency_code_opened_at_idx" ON "shift"("agency_code", "opened_at");
CREATE TRIGGER "shift_refuses_update" BEFORE UPDATE ON "shift" FOR EACH ROW EXECUTE FUNCTION refuse_change('shift is append-only');
CREATE TRIGGER "shift_refuses_delete" BEFORE DELETE ON "shift" FOR EACH ROW EXECUTE FUNCTION refuse_change('shift is append-only');

CREATE TABLE "shift_close" (
  "shift_id" TEXT NOT NULL PRIMARY KEY,
  "closed_by" TEXT NOT NULL,
  "closed_at" TEXT NOT NULL,
  "cash_taken" BIGINT NOT NULL,
  "cash_returned" BIGINT NOT NULL,
  "transfer_taken" BIGINT NOT NULL,
  "online_taken" BIGINT NOT NULL,
  "expected" BIGINT NOT NULL,
  "counted" BIGINT NOT NULL,
  "handed_on" BIGINT NOT NULL,
  "denominations" TEXT,
  "reason" TEXT,
  CONSTRAINT "shift_close_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "shift_close_check_1" CHECK ("handed_on" >= 0),
  CONSTRAINT "shift_close_check_2" CHECK ("counted" >= "handed_on"),
  CONSTRAINT "shift_close_check_3" CHECK (("counted" <> "expected") <= ("reason" IS NOT NULL))
);
CREATE INDEX "shift_close_closed_at_idx" ON "shift_close"("closed_at");
CREATE TRIGGER "shift_close_refuses_update" BEFORE UPDATE ON "shift_close" FOR EACH ROW EXECUTE FUNCTION refuse_change('shift_close is append-only');
CREATE TRIGGER "shift_close_refuses_delete" BEFORE DELETE ON "shift_close" FOR EACH ROW EXECUTE FUNCTION refuse_change('shift_close is append-only');

CREATE TABLE "shift_difference" (
  "shift_id" TEXT NOT NULL PRIMARY KEY,
  "note" TEXT NOT NULL,
  "confirmed_by" TEXT NOT NULL,
  "confirmed_at" TEXT NOT NULL,
  CONSTRAINT "shift_difference_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "shift_difference_refuses_update" BEFORE UPDATE ON "shift_difference" FOR EACH ROW EXECUTE FUNCTION refuse_change('shift_difference is append-only');
CREATE TRIGGER "shift_difference_refuses_delete" BEFORE DELETE ON "shift_difference" FOR EACH ROW EXECUTE FUNCTION refuse_change('shift_difference is append-only');

ALTER TABLE "cash_taking" ADD COLUMN "shift_id" TEXT;
CREATE INDEX "cash_taking_shift_id_idx" ON "cash_taking"("shift_id");

CREATE TABLE "cash_return" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "obligation_id" TEXT NOT NULL,
  "attempt" BIGINT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "asked_by" TEXT NOT NULL,
  "asked_at" TEXT NOT NULL,
  CONSTRAINT "cash_return_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "cash_return_check_1" CHECK ("amount" > 0)
);
CREATE UNIQUE INDEX "cash_return_obligation_id_attempt_key" ON "cash_return"("obligation_id", "attempt");
CREATE INDEX "cash_return_agency_code_asked_at_idx" ON "cash_return"("agency_code", "asked_at");
CREATE TRIGGER "cash_return_refuses_update" BEFORE UPDATE ON "cash_return" FOR EACH ROW EXECUTE FUNCTION refuse_change('cash_return is append-only');
CREATE TRIGGER "cash_return_refuses_delete" BEFORE DELETE ON "cash_return" FOR EACH ROW EXECUTE FUNCTION refuse_change('cash_return is append-only');

CREATE TABLE "cash_return_step" (
  "return_id" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "taken_by" TEXT NOT NULL,
  "taken_at" TEXT NOT NULL,
  "reason" TEXT,
  "shift_id" TEXT,
  PRIMARY KEY ("return_id", "version"),
  CONSTRAINT "cash_return_step_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "cash_return" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "cash_return_step_check_1" CHECK ("state" IN ('approved', 'refused', 'withdrawn', 'paid')),
  CONSTRAINT "cash_return_step_check_2" CHECK (("state" = 'paid') = ("shift_id" IS NOT NULL))
);
CREATE INDEX "cash_return_step_shift_id_idx" ON "cash_return_step"("shift_id");
CREATE TRIGGER "cash_return_step_refuses_update" BEFORE UPDATE ON "cash_return_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('cash_return_step is append-only');
CREATE TRIGGER "cash_return_step_refuses_delete" BEFORE DELETE ON "cash_return_step" FOR EACH ROW EXECUTE FUNCTION refuse_change('cash_return_step is append-only');

CREATE TABLE "deposit" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "agency_code" TEXT NOT NULL,
  "account_id" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "day" TEXT NOT NULL,
  "slip_number" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "made_by" TEXT NOT NULL,
  "made_at" TEXT NOT NULL,
  CONSTRAINT "deposit_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "deposit_check_1" CHECK ("amount" > 0)
);
CREATE UNIQUE INDEX "deposit_code_key" ON "deposit"("code");
CREATE INDEX "deposit_agency_code_day_idx" ON "deposit"("agency_code", "day");
CREATE INDEX "deposit_account_id_amount_idx" ON "deposit"("account_id", "amount");
CREATE TRIGGER "deposit_refuses_update" BEFORE UPDATE ON "deposit" FOR EACH ROW EXECUTE FUNCTION refuse_change('deposit is append-only');
CREATE TRIGGER "deposit_refuses_delete" BEFORE DELETE ON "deposit" FOR EACH ROW EXECUTE FUNCTION refuse_change('deposit is append-only');

CREATE TABLE "deposit_shift" (
  "shift_id" TEXT NOT NULL,
  "attempt" BIGINT NOT NULL,
  "deposit_id" TEXT NOT NULL,
  "counter_id" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  PRIMARY KEY ("shift_id", "attempt"),
  CONSTRAINT "deposit_shift_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "deposit_shift_deposit_id_fkey" FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "deposit_shift_check_1" CHECK ("amount" > 0)
);
CREATE INDEX "deposit_shift_deposit_id_idx" ON "deposit_shift"("deposit_id");
CREATE TRIGGER "deposit_shift_refuses_update" BEFORE UPDATE ON "deposit_shift" FOR EACH ROW EXECUTE FUNCTION refuse_change('deposit_shift is append-only');
CREATE TRIGGER "deposit_shift_refuses_delete" BEFORE DELETE ON "deposit_shift" FOR EACH ROW EXECUTE FUNCTION refuse_change('deposit_shift is append-only');

CREATE TABLE "deposit_withdrawal" (
  "deposit_id" TEXT NOT NULL PRIMARY KEY,
  "reason" TEXT NOT NULL,
  "withdrawn_by" TEXT NOT NULL,
  "withdrawn_at" TEXT NOT NULL,
  CONSTRAINT "deposit_withdrawal_deposit_id_fkey" FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "deposit_withdrawal_refuses_update" BEFORE UPDATE ON "deposit_withdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change('deposit_withdrawal is append-only');
CREATE TRIGGER "deposit_withdrawal_refuses_delete" BEFORE DELETE ON "deposit_withdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change('deposit_withdrawal is append-only');
