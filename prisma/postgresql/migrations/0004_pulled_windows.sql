-- Derived from ../../migrations by derive.ts: do not edit.
-- A pull that broke off goes on in the very window in which it was, and a source that asks to be left alone is, until its time.

ALTER TABLE "feed" ADD COLUMN "window_from" TEXT;
ALTER TABLE "feed" ADD COLUMN "window_to" TEXT;
ALTER TABLE "feed" ADD COLUMN "rest_until" TEXT;
