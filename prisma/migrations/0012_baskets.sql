-- Baskets: a reference that names several obligations beside the one of each, so that one payment pays them all.

ALTER TABLE "reference_name" ADD COLUMN "is_basket" BIGINT NOT NULL DEFAULT 0 CONSTRAINT "reference_name_check_1" CHECK ("is_basket" IN (0, 1));
