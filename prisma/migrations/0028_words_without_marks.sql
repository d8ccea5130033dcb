-- Finding money by words with marks or without: names and words are kept without marks and in capitals too, by the service where it writes
-- them, and here for what stands already (the letters of Vietnamese and of Latin-1). What has no marks is compared as it was told. The number
-- by which a bank lists a line later is found by an index.

ALTER TABLE "dossier" ADD COLUMN "folded_applicant" TEXT;
ALTER TABLE "incoming_transaction" ADD COLUMN "folded_words" TEXT;
ALTER TABLE "statement_line" ADD COLUMN "folded_payer" TEXT;

CREATE TEMPORARY TABLE "to_fold" ("key" TEXT NOT NULL PRIMARY KEY, "words" TEXT NOT NULL);
INSERT INTO "to_fold" SELECT "name", "name" FROM (
    SELECT "applicant_name" AS "name" FROM "dossier" UNION SELECT "payer_name" FROM "statement_line" WHERE "payer_name" IS NOT NULL
  ) AS "named" WHERE octet_length("name") > length("name");
INSERT INTO "to_fold" SELECT "id", "words" FROM (
    SELECT "id", "content" || '
' || coalesce("bank_reference", '') || '
' || coalesce("payer_name", '') AS "words" FROM "incoming_transaction"
  ) AS "told" WHERE octet_length("words") > length("words");
UPDATE "to_fold" SET "words" = upper(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace("words"
  , 'à', 'A'), 'á', 'A'), 'ả', 'A'), 'ã', 'A'), 'ạ', 'A'), 'ă', 'A'), 'ằ', 'A'), 'ắ', 'A'), 'ẳ', 'A'), 'ẵ', 'A'), 'ặ', 'A'), 'â', 'A'), 'ầ', 'A'), 'ấ', 'A'), 'ẩ', 'A'), 'ẫ', 'A'), 'ậ', 'A')
  , 'À', 'A'), 'Á', 'A'), 'Ả', 'A'), 'Ã', 'A'), 'Ạ', 'A'), 'Ă', 'A'), 'Ằ', 'A'), 'Ắ', 'A'), 'Ẳ', 'A'), 'Ẵ', 'A'), 'Ặ', 'A'), 'Â', 'A'), 'Ầ', 'A'), 'Ấ', 'A'), 'Ẩ', 'A'), 'Ẫ', 'A'), 'Ậ', 'A')
  , 'ä', 'A'), 'å', 'A'), 'Ä', 'A'), 'Å', 'A')
  , 'è', 'E'), 'é', 'E'), 'ẻ', 'E'), 'ẽ', 'E'), 'ẹ', 'E'), 'ê', 'E'), 'ề', 'E'), 'ế', 'E'), 'ể', 'E'), 'ễ', 'E'), 'ệ', 'E'), 'È', 'E'), 'É', 'E'), 'Ẻ', 'E'), 'Ẽ', 'E'), 'Ẹ', 'E'), 'Ê', 'E')
  , 'Ề', 'E'), 'Ế', 'E'), 'Ể', 'E'), 'Ễ', 'E'), 'Ệ', 'E'), 'ë', 'E'), 'Ë', 'E')
  , 'ì', 'I'), 'í', 'I'), 'ỉ', 'I'), 'ĩ', 'I'), 'ị', 'I'), 'Ì', 'I'), 'Í', 'I'), 'Ỉ', 'I'), 'Ĩ', 'I'), 'Ị', 'I'), 'î', 'I'), 'ï', 'I'), 'Î', 'I'), 'Ï', 'I')
  , 'ò', 'O'), 'ó', 'O'), 'ỏ', 'O'), 'õ', 'O'), 'ọ', 'O'), 'ô', 'O'), 'ồ', 'O'), 'ố', 'O'), 'ổ', 'O'), 'ỗ', 'O'), 'ộ', 'O'), 'ơ', 'O'), 'ờ', 'O'), 'ớ', 'O'), 'ở', 'O'), 'ỡ', 'O'), 'ợ', 'O')
  , 'Ò', 'O'), 'Ó', 'O'), 'Ỏ', 'O'), 'Õ', 'O'), 'Ọ', 'O'), 'Ô', 'O'), 'Ồ', 'O'), 'Ố', 'O'), 'Ổ', 'O'), 'Ỗ', 'O'), 'Ộ', 'O'), 'Ơ', 'O'), 'Ờ', 'O'), 'Ớ', 'O'), 'Ở', 'O'), 'Ỡ', 'O'), 'Ợ', 'O')
  , 'ö', 'O'), 'Ö', 'O')
  , 'ù', 'U'), 'ú', 'U'), 'ủ', 'U'), 'ũ', 'U'), 'ụ', 'U'), 'ư', 'U'), 'ừ', 'U'), 'ứ', 'U'), 'ử', 'U'), 'ữ', 'U'), 'ự', 'U'), 'Ù', 'U'), 'Ú', 'U'), 'Ủ', 'U'), 'Ũ', 'U'), 'Ụ', 'U'), 'Ư', 'U')
  , 'Ừ', 'U'), 'Ứ', 'U'), 'Ử', 'U'), 'Ữ', 'U'), 'Ự', 'U'), 'û', 'U'), 'ü', 'U'), 'Û', 'U'), 'Ü', 'U')
  , 'ỳ', 'Y'), 'ý', 'Y'), 'ỷ', 'Y'), 'ỹ', 'Y'), 'ỵ', 'Y'), 'Ỳ', 'Y'), 'Ý', 'Y'), 'Ỷ', 'Y'), 'Ỹ', 'Y'), 'Ỵ', 'Y'), 'ÿ', 'Y')
  , 'đ', 'D'), 'Đ', 'D')
  , 'ç', 'C'), 'Ç', 'C')
  , 'ñ', 'N'), 'Ñ', 'N')
  , '̀', ''), '́', ''), '̂', ''), '̃', ''), '̆', ''), '̉', ''), '̛', ''), '̣', '')
);
UPDATE "dossier" SET "folded_applicant" = coalesce((SELECT f."words" FROM "to_fold" f WHERE f."key" = "applicant_name"), upper("applicant_name"));
UPDATE "incoming_transaction" SET "folded_words" = (SELECT f."words" FROM "to_fold" f WHERE f."key" = "id") WHERE "id" IN (SELECT "key" FROM "to_fold");
UPDATE "statement_line" SET "folded_payer" = coalesce((SELECT f."words" FROM "to_fold" f WHERE f."key" = "payer_name"), upper("payer_name"))
  WHERE "payer_name" IS NOT NULL;
DROP TABLE "to_fold";

CREATE INDEX "dossier_folded_applicant_id_idx" ON "dossier"("folded_applicant", "id");
DROP INDEX "statement_line_account_id_day_idx";
CREATE INDEX "statement_line_account_id_day_folded_payer_idx" ON "statement_line"("account_id", "day", "folded_payer");
CREATE INDEX "statement_sighting_bank_reference_idx" ON "statement_sighting"("bank_reference");
