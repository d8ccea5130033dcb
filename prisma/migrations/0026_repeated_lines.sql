-- A held line that a person found to be an older one in the bank's new words: it stays as it was read, and counts no more.

ALTER TABLE "statement_line" ADD COLUMN "repeats_id" BIGINT;
