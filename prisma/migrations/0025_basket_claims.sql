-- A claim may be about the one transfer for a basket: its money is shared out among the legs.

ALTER TABLE "claim" ADD COLUMN "basket" TEXT;
