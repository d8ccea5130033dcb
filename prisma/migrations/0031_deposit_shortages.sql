-- What the bank counted less than a deposit brought, as another person confirmed it, so that it is not on its way for ever.

CREATE TABLE "deposit_shortage" (
  "deposit_id" TEXT NOT NULL,
  "place" BIGINT NOT NULL,
  "amount" BIGINT NOT NULL,
  "note" TEXT NOT NULL,
  "noted_by" TEXT NOT NULL,
  "noted_at" TEXT NOT NULL,
  PRIMARY KEY ("deposit_id", "place"),
  CONSTRAINT "deposit_shortage_deposit_id_fkey" FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "deposit_shortage_check_1" CHECK ("amount" <> 0)
);
CREATE TRIGGER "deposit_shortage_refuses_update" BEFORE UPDATE ON "deposit_shortage" BEGIN SELECT RAISE(ABORT, 'deposit_shortage is append-only'); END;
CREATE TRIGGER "deposit_shortage_refuses_delete" BEFORE DELETE ON "deposit_shortage" BEGIN SELECT RAISE(ABORT, 'deposit_shortage is append-only'); END;
