-- Receipts: who collects and by which certificate it signs, the series and ranges of numbers, what was issued, signed, printed, found wrong
-- and handed over, and how far the feed of events was followed.

CREATE TABLE "collector" (
  "agency_code" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "tax_code" TEXT NOT NULL,
  "set_at" TEXT NOT NULL,
  "set_by" TEXT NOT NULL,
  CONSTRAINT "collector_agency_code_fkey" FOREIGN KEY ("agency_code") REFERENCES "agency" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "signing_certificate" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "collector_code" TEXT NOT NULL,
  "certificate_pem" TEXT NOT NULL,
  "key_ciphertext" TEXT NOT NULL,
  "valid_from" TEXT NOT NULL,
  "valid_to" TEXT NOT NULL,
  "is_demo" BIGINT NOT NULL,
  "kept_at" TEXT NOT NULL,
  "kept_by" TEXT NOT NULL,
  CONSTRAINT "signing_certificate_collector_code_fkey" FOREIGN KEY ("collector_code") REFERENCES "collector" ("agency_code") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "signing_certificate_check_1" CHECK ("is_demo" IN (0, 1))
);

CREATE TABLE "receipt_series" (
  "symbol" TEXT NOT NULL PRIMARY KEY,
  "collector_code" TEXT NOT NULL,
  "year" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "place" BIGINT NOT NULL,
  "cut_to" BIGINT NOT NULL,
  "opened_at" TEXT NOT NULL,
  CONSTRAINT "receipt_series_collector_code_fkey" FOREIGN KEY ("collector_code") REFERENCES "collector" ("agency_code") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_series_check_1" CHECK ("kind" IN ('phi', 'le_phi')),
  CONSTRAINT "receipt_series_check_2" CHECK ("cut_to" >= 0 AND "cut_to" <= 99999999)
);

CREATE TABLE "receipt_range" (
  "symbol" TEXT NOT NULL,
  "first_number" BIGINT NOT NULL,
  "last_number" BIGINT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "used_to" BIGINT NOT NULL,
  "cut_at" TEXT NOT NULL,

    PRIMARY KEY ("symbol", "first_number"),
  CONSTRAINT "receipt_range_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "receipt_series" ("symbol") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_range_check_1" CHECK ("first_number" >= 1 AND "first_number" <= "last_number" AND "last_number" <= 99999999),
  CONSTRAINT "receipt_range_check_2" CHECK ("used_to" >= "first_number" - 1 AND "used_to" <= "last_number")
);

CREATE TABLE "receipt" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "symbol" TEXT NOT NULL,
  "number" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "obligation_id" TEXT NOT NULL,
  "edition" BIGINT NOT NULL,
  "replaces_id" TEXT,
  "collector_code" TEXT NOT NULL,
  "agency_code" TEXT NOT NULL,
  "counter_id" TEXT,
  "dossier_form" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "day" TEXT NOT NULL,
  "issued_at" TEXT NOT NULL,
  "lookup_code" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  CONSTRAINT "receipt_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "receipt_series" ("symbol") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_check_1" CHECK ("kind" IN ('phi', 'le_phi')),
  CONSTRAINT "receipt_check_2" CHECK ("number" >= 1 AND "number" <= 99999999),
  CONSTRAINT "receipt_check_3" CHECK ("amount" > 0),
  CONSTRAINT "receipt_check_4" CHECK (("edition" = 0) = ("replaces_id" IS NULL))
);

CREATE TABLE "receipt_signature" (
  "receipt_id" TEXT NOT NULL PRIMARY KEY,
  "certificate_id" TEXT NOT NULL,
  "signed_at" TEXT NOT NULL,
  "xml" TEXT NOT NULL,
  CONSTRAINT "receipt_signature_receipt_id_fkey" FOREIGN KEY ("receipt_id") REFERENCES "receipt" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_signature_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "signing_certificate" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "receipt_notice" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "receipt_id" TEXT NOT NULL,
  "ground" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "given_by" TEXT NOT NULL,
  "given_at" TEXT NOT NULL,
  "decided_by" TEXT,
  "decided_at" TEXT,
  "live_for" TEXT,
  CONSTRAINT "receipt_notice_receipt_id_fkey" FOREIGN KEY ("receipt_id") REFERENCES "receipt" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_notice_check_1" CHECK ("state" IN ('requested', 'confirmed', 'refused')),
  CONSTRAINT "receipt_notice_check_2" CHECK (("state" = 'requested') = ("decided_at" IS NULL)),
  CONSTRAINT "receipt_notice_check_3" CHECK (("state" = 'refused') = ("live_for" IS NULL))
);

CREATE TABLE "receipt_print" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "receipt_id" TEXT NOT NULL,
  "printed_by" TEXT NOT NULL,
  "printed_at" TEXT NOT NULL,
  CONSTRAINT "receipt_print_receipt_id_fkey" FOREIGN KEY ("receipt_id") REFERENCES "receipt" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "receipt_handover" (
  "receipt_id" TEXT NOT NULL PRIMARY KEY,
  "state" TEXT NOT NULL,
  "collector_code" TEXT NOT NULL,
  "attempts" BIGINT NOT NULL,
  "next_attempt_at" TEXT NOT NULL,
  "last_answer" TEXT,
  "provider_reference" TEXT,
  "sent_at" TEXT,
  CONSTRAINT "receipt_handover_receipt_id_fkey" FOREIGN KEY ("receipt_id") REFERENCES "receipt" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_handover_check_1" CHECK ("state" IN ('to_sign', 'waiting', 'sent', 'refused'))
);

CREATE TABLE "receipt_outage" (
  "started_at" TEXT NOT NULL PRIMARY KEY,
  "why" TEXT NOT NULL,
  "ended_at" TEXT,
  "open_mark" TEXT
);

CREATE TABLE "receipt_wait" (
  "obligation_id" TEXT NOT NULL PRIMARY KEY,
  "agency_code" TEXT NOT NULL,
  "why" TEXT NOT NULL,
  "since" TEXT NOT NULL,
  "ended_at" TEXT,
  CONSTRAINT "receipt_wait_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "receipt_wait_check_1" CHECK ("why" IN ('collector_missing', 'series_exhausted', 'money_taken_back', 'failed'))
);

CREATE TABLE "event_cursor" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "event_id" BIGINT NOT NULL
);

CREATE INDEX "signing_certificate_collector_code_idx" ON "signing_certificate"("collector_code");
CREATE UNIQUE INDEX "receipt_series_collector_code_year_kind_key" ON "receipt_series"("collector_code", "year", "kind");
CREATE UNIQUE INDEX "receipt_series_year_place_key" ON "receipt_series"("year", "place");
CREATE INDEX "receipt_range_symbol_agency_code_idx" ON "receipt_range"("symbol", "agency_code");
CREATE UNIQUE INDEX "receipt_symbol_number_key" ON "receipt"("symbol", "number");
CREATE UNIQUE INDEX "receipt_obligation_id_kind_edition_key" ON "receipt"("obligation_id", "kind", "edition");
CREATE UNIQUE INDEX "receipt_replaces_id_key" ON "receipt"("replaces_id");
CREATE UNIQUE INDEX "receipt_lookup_code_key" ON "receipt"("lookup_code");
CREATE INDEX "receipt_dossier_form_idx" ON "receipt"("dossier_form");
CREATE INDEX "receipt_agency_code_id_idx" ON "receipt"("agency_code", "id");
CREATE INDEX "receipt_day_collector_code_idx" ON "receipt"("day", "collector_code");
CREATE UNIQUE INDEX "receipt_notice_live_for_key" ON "receipt_notice"("live_for");
CREATE INDEX "receipt_notice_receipt_id_idx" ON "receipt_notice"("receipt_id");
CREATE INDEX "receipt_notice_decided_at_idx" ON "receipt_notice"("decided_at");
CREATE INDEX "receipt_print_receipt_id_idx" ON "receipt_print"("receipt_id");
CREATE INDEX "receipt_handover_state_collector_code_next_attempt_at_idx" ON "receipt_handover"("state", "collector_code", "next_attempt_at");
CREATE UNIQUE INDEX "receipt_outage_open_mark_key" ON "receipt_outage"("open_mark");
CREATE INDEX "receipt_wait_ended_at_idx" ON "receipt_wait"("ended_at");

-- What was paid before the service could issue receipts got its receipt elsewhere: a second one would be fictitious. The feed is followed from here on.
INSERT INTO "event_cursor" ("name", "event_id") SELECT 'receipts', coalesce(max("id"), 0) FROM "event";

CREATE TRIGGER "receipt_refuses_update" BEFORE UPDATE ON "receipt" BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER "receipt_refuses_delete" BEFORE DELETE ON "receipt" BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER "receipt_signature_refuses_update" BEFORE UPDATE ON "receipt_signature" BEGIN SELECT RAISE(ABORT, 'receipt_signature is append-only'); END;
CREATE TRIGGER "receipt_signature_refuses_delete" BEFORE DELETE ON "receipt_signature" BEGIN SELECT RAISE(ABORT, 'receipt_signature is append-only'); END;
CREATE TRIGGER "signing_certificate_refuses_update" BEFORE UPDATE ON "signing_certificate" BEGIN SELECT RAISE(ABORT, 'signing_certificate is append-only'); END;
CREATE TRIGGER "signing_certificate_refuses_delete" BEFORE DELETE ON "signing_certificate" BEGIN SELECT RAISE(ABORT, 'signing_certificate is append-only'); END;
CREATE TRIGGER "receipt_print_refuses_update" BEFORE UPDATE ON "receipt_print" BEGIN SELECT RAISE(ABORT, 'receipt_print is append-only'); END;
CREATE TRIGGER "receipt_print_refuses_delete" BEFORE DELETE ON "receipt_print" BEGIN SELECT RAISE(ABORT, 'receipt_print is append-only'); END;
CREATE TRIGGER "receipt_notice_refuses_delete" BEFORE DELETE ON "receipt_notice" BEGIN SELECT RAISE(ABORT, 'receipt_notice stays'); END;
CREATE TRIGGER "receipt_series_refuses_delete" BEFORE DELETE ON "receipt_series" BEGIN SELECT RAISE(ABORT, 'receipt_series stays'); END;
CREATE TRIGGER "receipt_range_refuses_delete" BEFORE DELETE ON "receipt_range" BEGIN SELECT RAISE(ABORT, 'receipt_range stays'); END;
