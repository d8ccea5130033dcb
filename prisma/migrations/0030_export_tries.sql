-- How often a paper was begun in the background: one whose writer dies again and again is given up.

ALTER TABLE "paper_export" ADD COLUMN "tries" BIGINT NOT NULL DEFAULT 0;
