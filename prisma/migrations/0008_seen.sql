-- What a person has seen of messages and movements that pay nothing: it leaves their lists, and changes nothing about money.

CREATE TABLE "seen" (
  "subject_id" TEXT NOT NULL PRIMARY KEY,
  "officer_id" TEXT NOT NULL,
  "seen_at" TEXT NOT NULL,
  "reason" TEXT
);

CREATE TRIGGER "seen_refuses_update" BEFORE UPDATE ON "seen" BEGIN SELECT RAISE(ABORT, 'seen is append-only'); END;
CREATE TRIGGER "seen_refuses_delete" BEFORE DELETE ON "seen" BEGIN SELECT RAISE(ABORT, 'seen is append-only'); END;
