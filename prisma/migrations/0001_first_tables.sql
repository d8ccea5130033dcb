-- The first tables: the office, the legal schedule, obligations, money in, the books, the ratios, events.

CREATE TABLE "sector" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL
);

CREATE TABLE "agency" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "parent_code" TEXT,
  "locality_code" TEXT NOT NULL,
  "dynamic_qr_flag" BIGINT NOT NULL,
  "valid_from" TEXT NOT NULL,
  "valid_to" TEXT,
  CONSTRAINT "agency_check_1" CHECK ("dynamic_qr_flag" IN (0, 1, 2))
);

CREATE TABLE "counter" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "agency_code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "display_token" TEXT NOT NULL,
  CONSTRAINT "counter_agency_code_fkey" FOREIGN KEY ("agency_code") REFERENCES "agency" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "officer" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "login" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "counter_id" TEXT,
  "password_hash" TEXT NOT NULL,
  "disabled_at" TEXT,
  CONSTRAINT "officer_agency_code_fkey" FOREIGN KEY ("agency_code") REFERENCES "agency" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "session" (
  "token_hash" TEXT NOT NULL PRIMARY KEY,
  "officer_id" TEXT NOT NULL,
  "form_token" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "last_seen_at" TEXT NOT NULL,
  "ended_at" TEXT,
  CONSTRAINT "session_officer_id_fkey" FOREIGN KEY ("officer_id") REFERENCES "officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "api_key" (
  "key_hash" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "officer_id" TEXT,
  "created_at" TEXT NOT NULL,
  "revoked_at" TEXT
);

CREATE TABLE "account" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "agency_code" TEXT NOT NULL,
  "bank_bin" TEXT NOT NULL,
  "account_number" TEXT NOT NULL,
  "account_name" TEXT NOT NULL,
  "valid_from" TEXT NOT NULL,
  "valid_to" TEXT,
  CONSTRAINT "account_agency_code_fkey" FOREIGN KEY ("agency_code") REFERENCES "agency" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "provider_secret" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "account_id" TEXT NOT NULL,
  "provider" TEXT NOT NULL,
  "ciphertext" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "retired_at" TEXT,
  CONSTRAINT "provider_secret_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "procedure" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "sector_code" TEXT NOT NULL,
  CONSTRAINT "procedure_sector_code_fkey" FOREIGN KEY ("sector_code") REFERENCES "sector" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "fee" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "procedure_code" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "published_at" TEXT NOT NULL,
  CONSTRAINT "fee_procedure_code_fkey" FOREIGN KEY ("procedure_code") REFERENCES "procedure" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "dossier" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "normal_form" TEXT NOT NULL,
  "procedure_code" TEXT NOT NULL,
  "sector_code" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "channel" TEXT NOT NULL,
  "applicant_name" TEXT NOT NULL,
  "applicant_phone" TEXT,
  "processing_started_at" TEXT,
  "created_at" TEXT NOT NULL
);

CREATE TABLE "sync_flag" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "dossier_id" TEXT NOT NULL,
  "flag" BIGINT NOT NULL,
  "at" TEXT NOT NULL,
  "kept_at" TEXT NOT NULL,
  "kept_by" TEXT NOT NULL,
  CONSTRAINT "sync_flag_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "sync_flag_check_1" CHECK ("flag" IN (0, 1, 2))
);

CREATE TABLE "obligation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "dossier_id" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "counter_id" TEXT,
  "created_by" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "due" BIGINT NOT NULL,
  "paid" BIGINT NOT NULL,
  "excess" BIGINT NOT NULL,
  "flags" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "cancelled_at" TEXT,
  "cancelled_by" TEXT,
  "cancel_reason" TEXT,
  CONSTRAINT "obligation_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "obligation_check_1" CHECK ("due" >= 0 AND "paid" >= 0 AND "paid" <= "due" AND "excess" >= 0)
);

CREATE TABLE "fee_item" (
  "obligation_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "fee_id" TEXT NOT NULL,
  "gross_amount" BIGINT NOT NULL,
  "amount" BIGINT NOT NULL,
  "body" TEXT NOT NULL,
  "open_for" TEXT,

    PRIMARY KEY ("obligation_id", "position"),
  CONSTRAINT "fee_item_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "fee_item_check_1" CHECK ("gross_amount" >= "amount" AND "amount" >= 0)
);

CREATE TABLE "reference" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "created_at" TEXT NOT NULL
);

CREATE TABLE "reference_name" (
  "reference_code" TEXT NOT NULL,
  "obligation_id" TEXT NOT NULL,

    PRIMARY KEY ("reference_code", "obligation_id"),
  CONSTRAINT "reference_name_reference_code_fkey" FOREIGN KEY ("reference_code") REFERENCES "reference" ("code") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "reference_name_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "payment_request" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "obligation_id" TEXT NOT NULL,
  "reference_code" TEXT NOT NULL,
  "method" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "account_id" TEXT NOT NULL,
  "counter_id" TEXT,
  "payload" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "expires_at" TEXT NOT NULL,
  "closed_as" TEXT,
  "closed_at" TEXT,
  CONSTRAINT "payment_request_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "payment_request_check_1" CHECK ("amount" > 0)
);

CREATE TABLE "delivery" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "provider" TEXT NOT NULL,
  "owner" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "method" TEXT NOT NULL,
  "target" TEXT NOT NULL,
  "headers" TEXT NOT NULL,
  "body" BLOB NOT NULL,
  "received_at" TEXT NOT NULL,
  "last_received_at" TEXT NOT NULL,
  "times" BIGINT NOT NULL,
  "tries" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "problem" TEXT
);

CREATE TABLE "incoming_transaction" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "provider" TEXT NOT NULL,
  "scope" TEXT NOT NULL,
  "provider_id" TEXT NOT NULL,
  "delivery_id" TEXT,
  "account_id" TEXT,
  "agency_code" TEXT,
  "account_number" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "content" TEXT NOT NULL,
  "bank_reference" TEXT,
  "bank_time" TEXT NOT NULL,
  "balance_after" BIGINT,
  "received_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "why" TEXT,
  "proof" TEXT,
  CONSTRAINT "incoming_transaction_check_1" CHECK ("amount" > 0),
  CONSTRAINT "incoming_transaction_check_2" CHECK ("direction" IN ('in', 'out')),
  CONSTRAINT "incoming_transaction_check_3" CHECK ("state" IN ('received', 'applied', 'unapplied', 'resolved', 'outgoing', 'foreign', 'test'))
);

CREATE TABLE "cash_taking" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "obligation_id" TEXT NOT NULL,
  "counter_id" TEXT NOT NULL,
  "officer_id" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "taken_at" TEXT NOT NULL,
  CONSTRAINT "cash_taking_check_1" CHECK ("amount" > 0)
);

CREATE TABLE "allocation" (
  "id" TEXT NOT NULL PRIMARY KEY,
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
  CONSTRAINT "allocation_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "allocation_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "incoming_transaction" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "allocation_cash_taking_id_fkey" FOREIGN KEY ("cash_taking_id") REFERENCES "cash_taking" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "allocation_check_1" CHECK ("amount" <> 0 OR "excess" <> 0),
  CONSTRAINT "allocation_check_2" CHECK (("transaction_id" IS NULL) <> ("cash_taking_id" IS NULL))
);

CREATE TABLE "entry" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "cause" TEXT NOT NULL,
  "cause_id" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "created_at" TEXT NOT NULL
);

CREATE TABLE "posting" (
  "entry_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "debit" TEXT NOT NULL,
  "credit" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,

    PRIMARY KEY ("entry_id", "position"),
  CONSTRAINT "posting_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "posting_check_1" CHECK ("amount" > 0),
  CONSTRAINT "posting_check_2" CHECK ("debit" <> "credit")
);

CREATE TABLE "ratio_change" (
  "id" TEXT NOT NULL PRIMARY KEY,
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

CREATE TABLE "event" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "type" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "obligation_id" TEXT,
  "agency_code" TEXT,
  "counter_id" TEXT,
  "version" BIGINT NOT NULL,
  "payload" TEXT NOT NULL
);

CREATE TABLE "subscriber" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "url" TEXT NOT NULL,
  "secret_ciphertext" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,
  "disabled_at" TEXT
);

CREATE TABLE "event_delivery" (
  "subscriber_id" TEXT NOT NULL,
  "event_id" BIGINT NOT NULL,
  "order_key" TEXT NOT NULL,
  "attempts" BIGINT NOT NULL,
  "next_attempt_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "last_answer" TEXT,

    PRIMARY KEY ("subscriber_id", "event_id")
);

CREATE TABLE "answer" (
  "principal" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "request_hash" TEXT NOT NULL,
  "status" BIGINT NOT NULL,
  "body" TEXT NOT NULL,
  "created_at" TEXT NOT NULL,

    PRIMARY KEY ("principal", "key")
);

CREATE TABLE "setting" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL
);
CREATE UNIQUE INDEX "counter_display_token_key" ON "counter"("display_token");
CREATE INDEX "counter_agency_code_idx" ON "counter"("agency_code");
CREATE UNIQUE INDEX "officer_login_key" ON "officer"("login");
CREATE INDEX "account_agency_code_idx" ON "account"("agency_code");
CREATE UNIQUE INDEX "account_bank_bin_account_number_key" ON "account"("bank_bin", "account_number");
CREATE INDEX "provider_secret_provider_idx" ON "provider_secret"("provider");
CREATE INDEX "procedure_sector_code_idx" ON "procedure"("sector_code");
CREATE INDEX "fee_procedure_code_idx" ON "fee"("procedure_code");
CREATE UNIQUE INDEX "dossier_normal_form_key" ON "dossier"("normal_form");
CREATE UNIQUE INDEX "sync_flag_dossier_id_at_key" ON "sync_flag"("dossier_id", "at");
CREATE INDEX "obligation_dossier_id_idx" ON "obligation"("dossier_id");
CREATE INDEX "obligation_agency_code_created_at_idx" ON "obligation"("agency_code", "created_at");
CREATE INDEX "obligation_counter_id_created_at_idx" ON "obligation"("counter_id", "created_at");
CREATE UNIQUE INDEX "fee_item_open_for_key" ON "fee_item"("open_for");
CREATE INDEX "reference_name_obligation_id_idx" ON "reference_name"("obligation_id");
CREATE INDEX "payment_request_obligation_id_created_at_idx" ON "payment_request"("obligation_id", "created_at");
CREATE INDEX "delivery_state_idx" ON "delivery"("state");
CREATE UNIQUE INDEX "delivery_provider_owner_digest_key" ON "delivery"("provider", "owner", "digest");
CREATE INDEX "incoming_transaction_state_bank_time_idx" ON "incoming_transaction"("state", "bank_time");
CREATE INDEX "incoming_transaction_agency_code_bank_time_idx" ON "incoming_transaction"("agency_code", "bank_time");
CREATE UNIQUE INDEX "incoming_transaction_provider_scope_provider_id_key" ON "incoming_transaction"("provider", "scope", "provider_id");
CREATE INDEX "cash_taking_counter_id_taken_at_idx" ON "cash_taking"("counter_id", "taken_at");
CREATE INDEX "allocation_obligation_id_idx" ON "allocation"("obligation_id");
CREATE INDEX "allocation_cash_taking_id_idx" ON "allocation"("cash_taking_id");
CREATE UNIQUE INDEX "allocation_transaction_id_obligation_id_key" ON "allocation"("transaction_id", "obligation_id");
CREATE INDEX "entry_day_idx" ON "entry"("day");
CREATE UNIQUE INDEX "entry_cause_cause_id_key" ON "entry"("cause", "cause_id");
CREATE INDEX "posting_debit_idx" ON "posting"("debit");
CREATE INDEX "posting_credit_idx" ON "posting"("credit");
CREATE INDEX "ratio_change_day_at_idx" ON "ratio_change"("day", "at");
CREATE INDEX "ratio_change_dossier_id_idx" ON "ratio_change"("dossier_id");
CREATE INDEX "event_counter_id_id_idx" ON "event"("counter_id", "id");
CREATE INDEX "event_agency_code_id_idx" ON "event"("agency_code", "id");
CREATE INDEX "event_obligation_id_id_idx" ON "event"("obligation_id", "id");
CREATE UNIQUE INDEX "subscriber_url_key" ON "subscriber"("url");
CREATE INDEX "event_delivery_state_next_attempt_at_idx" ON "event_delivery"("state", "next_attempt_at");
CREATE INDEX "event_delivery_subscriber_id_order_key_event_id_idx" ON "event_delivery"("subscriber_id", "order_key", "event_id");

-- What was booked, counted, announced or named stays: it is undone only by a new, opposite fact.
CREATE TRIGGER "entry_refuses_update" BEFORE UPDATE ON "entry" BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER "entry_refuses_delete" BEFORE DELETE ON "entry" BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER "posting_refuses_update" BEFORE UPDATE ON "posting" BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER "posting_refuses_delete" BEFORE DELETE ON "posting" BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER "allocation_refuses_update" BEFORE UPDATE ON "allocation" BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;
CREATE TRIGGER "allocation_refuses_delete" BEFORE DELETE ON "allocation" BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;
CREATE TRIGGER "cash_taking_refuses_update" BEFORE UPDATE ON "cash_taking" BEGIN SELECT RAISE(ABORT, 'cash_taking is append-only'); END;
CREATE TRIGGER "cash_taking_refuses_delete" BEFORE DELETE ON "cash_taking" BEGIN SELECT RAISE(ABORT, 'cash_taking is append-only'); END;
CREATE TRIGGER "reference_refuses_update" BEFORE UPDATE ON "reference" BEGIN SELECT RAISE(ABORT, 'reference is append-only'); END;
CREATE TRIGGER "reference_refuses_delete" BEFORE DELETE ON "reference" BEGIN SELECT RAISE(ABORT, 'reference is append-only'); END;
CREATE TRIGGER "reference_name_refuses_update" BEFORE UPDATE ON "reference_name" BEGIN SELECT RAISE(ABORT, 'reference_name is append-only'); END;
CREATE TRIGGER "reference_name_refuses_delete" BEFORE DELETE ON "reference_name" BEGIN SELECT RAISE(ABORT, 'reference_name is append-only'); END;
CREATE TRIGGER "ratio_change_refuses_update" BEFORE UPDATE ON "ratio_change" BEGIN SELECT RAISE(ABORT, 'ratio_change is append-only'); END;
CREATE TRIGGER "ratio_change_refuses_delete" BEFORE DELETE ON "ratio_change" BEGIN SELECT RAISE(ABORT, 'ratio_change is append-only'); END;
CREATE TRIGGER "event_refuses_update" BEFORE UPDATE ON "event" BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER "event_refuses_delete" BEFORE DELETE ON "event" BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER "sync_flag_refuses_update" BEFORE UPDATE ON "sync_flag" BEGIN SELECT RAISE(ABORT, 'sync_flag is append-only'); END;
CREATE TRIGGER "sync_flag_refuses_delete" BEFORE DELETE ON "sync_flag" BEGIN SELECT RAISE(ABORT, 'sync_flag is append-only'); END;
