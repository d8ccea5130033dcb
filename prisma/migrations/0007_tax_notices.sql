-- Tax by notice: accounts of the State Treasury beside the units' own, obligations that are paid to them, and the notices these come from.

ALTER TABLE "account" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'collection' CONSTRAINT "account_check_1" CHECK ("purpose" IN ('collection', 'treasury'));
ALTER TABLE "obligation" ADD COLUMN "treasury_account_id" TEXT;

CREATE TABLE "tax_notice" (
  "obligation_id" TEXT NOT NULL PRIMARY KEY,
  "identity" TEXT NOT NULL,
  "occurrence" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "issuer" TEXT NOT NULL,
  "issued_on" TEXT NOT NULL,
  "taxpayer_name" TEXT NOT NULL,
  "chapter" TEXT NOT NULL,
  "sub_item" TEXT NOT NULL,
  "due_on" TEXT NOT NULL,
  "account_id" TEXT NOT NULL,
  "revenue_body" TEXT,
  "treasury_code" TEXT,
  "replaces_id" TEXT,
  CONSTRAINT "tax_notice_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "tax_notice_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "tax_notice_identity_occurrence_key" ON "tax_notice"("identity", "occurrence");
CREATE INDEX "tax_notice_replaces_id_idx" ON "tax_notice"("replaces_id");

CREATE TRIGGER "tax_notice_refuses_update" BEFORE UPDATE ON "tax_notice" BEGIN SELECT RAISE(ABORT, 'tax_notice is append-only'); END;
CREATE TRIGGER "tax_notice_refuses_delete" BEFORE DELETE ON "tax_notice" BEGIN SELECT RAISE(ABORT, 'tax_notice is append-only'); END;
