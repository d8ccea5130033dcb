-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Rule sets: the matching rules as somebody would have them, what they would have made of the money of the last months, and which are in force.

CREATE TABLE "rule_set" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "number" BIGINT NOT NULL,
  "body" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "drafted_by" TEXT NOT NULL,
  "drafted_at" TEXT NOT NULL
);
CREATE UNIQUE INDEX "rule_set_number_key" ON "rule_set"("number");
CREATE UNIQUE INDEX "rule_set_id_drafted_by_key" ON "rule_set"("id", "drafted_by");
CREATE TRIGGER "rule_set_refuses_update" BEFORE UPDATE ON "rule_set" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_set is append-only');
CREATE TRIGGER "rule_set_refuses_delete" BEFORE DELETE ON "rule_set" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_set is append-only');

CREATE TABLE "rule_trial" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "rule_set_id" TEXT NOT NULL,
  "period_from" TEXT NOT NULL,
  "period_to" TEXT NOT NULL,
  "asked_by" TEXT NOT NULL,
  "asked_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "checked" BIGINT NOT NULL,
  "gained" BIGINT NOT NULL,
  "lost" BIGINT NOT NULL,
  "changed" BIGINT NOT NULL,
  "agreeing" BIGINT NOT NULL,
  "contradicting" BIGINT NOT NULL,
  "last_transaction_id" TEXT,
  "last_received_at" TEXT,
  "ended_at" TEXT,
  CONSTRAINT "rule_trial_rule_set_id_fkey" FOREIGN KEY ("rule_set_id") REFERENCES "rule_set" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "rule_trial_check_1" CHECK ("state" IN ('running', 'done', 'cancelled', 'broken'))
);
CREATE INDEX "rule_trial_rule_set_id_idx" ON "rule_trial"("rule_set_id");
CREATE INDEX "rule_trial_state_idx" ON "rule_trial"("state");
CREATE TRIGGER "rule_trial_refuses_delete" BEFORE DELETE ON "rule_trial" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_trial is never deleted');

CREATE TABLE "rule_trial_difference" (
  "trial_id" TEXT NOT NULL,
  "position" BIGINT NOT NULL,
  "transaction_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  PRIMARY KEY ("trial_id", "position"),
  CONSTRAINT "rule_trial_difference_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "rule_trial" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "rule_trial_difference_check_1" CHECK ("kind" IN ('gained', 'lost', 'changed')),
  CONSTRAINT "rule_trial_difference_check_2" CHECK ("verdict" IN ('agrees', 'contradicts', 'undecided'))
);
CREATE UNIQUE INDEX "rule_trial_difference_trial_id_transaction_id_key" ON "rule_trial_difference"("trial_id", "transaction_id");
CREATE INDEX "rule_trial_difference_trial_id_kind_position_idx" ON "rule_trial_difference"("trial_id", "kind", "position");
CREATE INDEX "rule_trial_difference_trial_id_verdict_position_idx" ON "rule_trial_difference"("trial_id", "verdict", "position");
CREATE TRIGGER "rule_trial_difference_refuses_update" BEFORE UPDATE ON "rule_trial_difference" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_trial_difference is append-only');
CREATE TRIGGER "rule_trial_difference_refuses_delete" BEFORE DELETE ON "rule_trial_difference" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_trial_difference is append-only');

CREATE TABLE "rule_adoption" (
  "number" BIGINT NOT NULL PRIMARY KEY,
  "rule_set_id" TEXT NOT NULL,
  "trial_id" TEXT NOT NULL,
  "drafted_by" TEXT NOT NULL,
  "adopted_by" TEXT NOT NULL,
  "adopted_at" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  CONSTRAINT "rule_adoption_rule_set_id_drafted_by_fkey" FOREIGN KEY ("rule_set_id", "drafted_by") REFERENCES "rule_set" ("id", "drafted_by") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "rule_adoption_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "rule_trial" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "rule_adoption_check_1" CHECK ("adopted_by" <> "drafted_by")
);
CREATE UNIQUE INDEX "rule_adoption_rule_set_id_key" ON "rule_adoption"("rule_set_id");
CREATE TRIGGER "rule_adoption_refuses_update" BEFORE UPDATE ON "rule_adoption" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_adoption is append-only');
CREATE TRIGGER "rule_adoption_refuses_delete" BEFORE DELETE ON "rule_adoption" FOR EACH ROW EXECUTE FUNCTION refuse_change('rule_adoption is append-only');
