-- Session-private landing places of the binary COPY. Nothing is compressed here (EXTERNAL, wide tuple target): the target table
-- compresses once. Keys make "the last record of an id wins" checkable: the writer sends each id once a batch.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_contests (
  platform text COLLATE "C", contest text COLLATE "C", name text, category text, prize_pool_usd numeric(18, 2), auditors integer, high_findings integer,
  started_on date, url text, source_path text, collected_at timestamptz
) ON COMMIT DELETE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_findings (
  id text COLLATE "C", content_hash text COLLATE "C", platform text COLLATE "C", contest text COLLATE "C", native_id text COLLATE "C", url text, authors text[], severity text,
  severity_label text, title text, body text, vulnerability_type text COLLATE "C", type_confidence double precision, swc text[], cwe text[],
  contest_name text, contest_category text, prize_pool_usd numeric(18, 2), source_path text, published_at timestamptz, collected_at timestamptz, reading text
) WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
ALTER TABLE pg_temp.staged_findings ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN reading SET STORAGE EXTERNAL;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_duplicates (
  id text COLLATE "C", canonical_id text COLLATE "C", content_hash text COLLATE "C", platform text COLLATE "C", contest text COLLATE "C", native_id text COLLATE "C", url text, authors text[],
  severity_label text, title text, method text COLLATE "C", similarity double precision, reasons text[], source_path text, published_at timestamptz,
  collected_at timestamptz
) ON COMMIT DELETE ROWS;
