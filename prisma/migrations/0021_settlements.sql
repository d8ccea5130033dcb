-- Settlements: what gateways paid us of what they had collected, less their fee, line by line as they told it.

CREATE TABLE "gateway_settlement_file" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "provider" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "kept_by" TEXT NOT NULL,
  "kept_at" TEXT NOT NULL,
  "line_count" BIGINT NOT NULL,
  "known_count" BIGINT NOT NULL,
  "rejected" TEXT NOT NULL
);
CREATE INDEX "gateway_settlement_file_provider_sha256_idx" ON "gateway_settlement_file"("provider", "sha256");
CREATE TRIGGER "gateway_settlement_file_refuses_update" BEFORE UPDATE ON "gateway_settlement_file" BEGIN SELECT RAISE(ABORT, 'gateway_settlement_file is append-only'); END;
CREATE TRIGGER "gateway_settlement_file_refuses_delete" BEFORE DELETE ON "gateway_settlement_file" BEGIN SELECT RAISE(ABORT, 'gateway_settlement_file is append-only'); END;

CREATE TABLE "gateway_settlement" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "provider" TEXT NOT NULL,
  "payout_id" TEXT NOT NULL,
  "day" TEXT NOT NULL,
  "stated" BIGINT,
  "agency_code" TEXT NOT NULL,
  "file_id" TEXT NOT NULL,
  "kept_at" TEXT NOT NULL,
  CONSTRAINT "gateway_settlement_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "gateway_settlement_file" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "gateway_settlement_provider_payout_id_key" ON "gateway_settlement"("provider", "payout_id");
CREATE INDEX "gateway_settlement_file_id_idx" ON "gateway_settlement"("file_id");
CREATE TRIGGER "gateway_settlement_refuses_update" BEFORE UPDATE ON "gateway_settlement" BEGIN SELECT RAISE(ABORT, 'gateway_settlement is append-only'); END;
CREATE TRIGGER "gateway_settlement_refuses_delete" BEFORE DELETE ON "gateway_settlement" BEGIN SELECT RAISE(ABORT, 'gateway_settlement is append-only'); END;

CREATE TABLE "gateway_settlement_line" (
  "provider" TEXT NOT NULL,
  "identity" TEXT NOT NULL,
  "settlement_id" TEXT NOT NULL,
  "file_id" TEXT NOT NULL,
  "row_number" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "gateway_id" TEXT,
  "order_id" TEXT,
  "gross" BIGINT NOT NULL,
  "fee" BIGINT NOT NULL,
  "net" BIGINT NOT NULL,
  "day" TEXT NOT NULL,
  PRIMARY KEY ("provider", "identity"),
  CONSTRAINT "gateway_settlement_line_settlement_id_fkey" FOREIGN KEY ("settlement_id") REFERENCES "gateway_settlement" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "gateway_settlement_line_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "gateway_settlement_file" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "gateway_settlement_line_check_1" CHECK ("kind" IN ('payment', 'refund', 'fee', 'adjustment')),
  CONSTRAINT "gateway_settlement_line_check_2" CHECK ("gross" - "fee" = "net")
);
CREATE INDEX "gateway_settlement_line_settlement_id_row_number_idx" ON "gateway_settlement_line"("settlement_id", "row_number");
CREATE INDEX "gateway_settlement_line_file_id_idx" ON "gateway_settlement_line"("file_id");
CREATE INDEX "gateway_settlement_line_provider_gateway_id_idx" ON "gateway_settlement_line"("provider", "gateway_id");
CREATE INDEX "gateway_settlement_line_provider_order_id_idx" ON "gateway_settlement_line"("provider", "order_id");
CREATE TRIGGER "gateway_settlement_line_refuses_update" BEFORE UPDATE ON "gateway_settlement_line" BEGIN SELECT RAISE(ABORT, 'gateway_settlement_line is append-only'); END;
CREATE TRIGGER "gateway_settlement_line_refuses_delete" BEFORE DELETE ON "gateway_settlement_line" BEGIN SELECT RAISE(ABORT, 'gateway_settlement_line is append-only'); END;
