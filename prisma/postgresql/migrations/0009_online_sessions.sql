-- Derived from ../../migrations by derive.ts: do not edit.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
-- Online payment: sessions at gateways beside the payment requests that they belong to, and the links to citizens' pages that lead nowhere any more.

CREATE TABLE "online_session" (
  "payment_request_id" TEXT NOT NULL PRIMARY KEY,
  "state" TEXT NOT NULL,
  "session_id" TEXT,
  "redirect_url" TEXT,
  "ask_at" TEXT NOT NULL,
  "tries" BIGINT NOT NULL,
  "problem" TEXT,
  "needless_at" TEXT,
  CONSTRAINT "online_session_payment_request_id_fkey" FOREIGN KEY ("payment_request_id") REFERENCES "payment_request" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "online_session_check_1" CHECK ("state" IN ('opening', 'open', 'paid', 'ended'))
);
CREATE INDEX "online_session_state_ask_at_idx" ON "online_session"("state", "ask_at");

CREATE TABLE "pay_page_revocation" (
  "reference_code" TEXT NOT NULL,
  "edition" BIGINT NOT NULL,
  "revoked_at" TEXT NOT NULL,
  "revoked_by" TEXT NOT NULL,
  PRIMARY KEY ("reference_code", "edition"),
  CONSTRAINT "pay_page_revocation_reference_code_fkey" FOREIGN KEY ("reference_code") REFERENCES "reference" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "pay_page_revocation_refuses_update" BEFORE UPDATE ON "pay_page_revocation" FOR EACH ROW EXECUTE FUNCTION refuse_change('pay_page_revocation is append-only');
CREATE TRIGGER "pay_page_revocation_refuses_delete" BEFORE DELETE ON "pay_page_revocation" FOR EACH ROW EXECUTE FUNCTION refuse_change('pay_page_revocation is append-only');
