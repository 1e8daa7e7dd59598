-- Scored transactions, anomalies, alerts, models. Hashes and addresses are bytea: against 0x text a row is half as long and loads a third
-- quicker (README of AuditIntel.Sinks); the views *_hex show 0x text, and unhex('0x...') makes a value to compare with.

CREATE TYPE anomaly_severity AS ENUM ('none', 'low', 'medium', 'high', 'critical');
COMMENT ON TYPE anomaly_severity IS 'In rising order: severity >= ''high'' works.';
CREATE TYPE transaction_status AS ENUM ('unknown', 'succeeded', 'failed');
COMMENT ON TYPE transaction_status IS 'Unknown without a receipt and for receipts from before Byzantium.';

CREATE FUNCTION unhex(digits text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT decode(CASE WHEN digits LIKE '0x%' THEN substr(digits, 3) ELSE digits END, 'hex') $$;
COMMENT ON FUNCTION unhex(text) IS 'Bytes of 0x text, for comparing with hashes and addresses: WHERE hash = unhex(''0x...'').';

CREATE FUNCTION hex(bytes bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT '0x' || encode(bytes, 'hex') $$;
COMMENT ON FUNCTION hex(bytea) IS '0x text of a hash or an address.';

-- The rule of AuditIntel.Contracts: SHA-256 over each part's UTF-8 bytes, preceded by their number as four bytes.
CREATE FUNCTION transaction_id(chain_id bigint, hash bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$
  SELECT encode(sha256(
    int4send(length(chain_id::text)) || convert_to(chain_id::text, 'UTF8') || int4send(2 + 2 * length(hash)) || convert_to(hex(hash), 'UTF8')), 'hex')
$$;
COMMENT ON FUNCTION transaction_id(bigint, bytea) IS 'Id of a transaction as the topics have it. It follows from chain and hash, so it is not stored.';

-- No default partition: a row of a month that has no partition is refused loudly. A partition is made beside the table and then attached,
-- which blocks neither readers nor writers of the other months; the lock is the one that attaching takes anyway, so that programs that need the
-- same month take turns. A month that an operator detached but kept under its name is left alone.
CREATE FUNCTION ensure_months(parent text, months date[]) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
  month date;
  name text;
  made integer := 0;
BEGIN
  FOREACH month IN ARRAY months LOOP
    name := parent || '_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass(quote_ident(name)) IS NOT NULL;
    EXECUTE format('LOCK TABLE ONLY %I IN SHARE UPDATE EXCLUSIVE MODE', parent);
    CONTINUE WHEN to_regclass(quote_ident(name)) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMPRESSION)', name, parent);
    EXECUTE format(
      'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      parent, name, to_char(month, 'YYYY-MM-01 00:00:00+00'), to_char(month + interval '1 month', 'YYYY-MM-01 00:00:00+00'));
    made := made + 1;
  END LOOP;
  RETURN made;
END
$$;
COMMENT ON FUNCTION ensure_months(text, date[]) IS 'Makes the monthly partitions (UTC) that are missing; answers how many.';

CREATE TABLE scorers (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model_id       text COLLATE "C" NOT NULL,
  model_version  text COLLATE "C" NOT NULL,
  detectors      text[] COLLATE "C" NOT NULL,
  UNIQUE (model_id, model_version, detectors)
);
COMMENT ON TABLE scorers IS 'Who scored: one row for each model version and list of detectors, so that no transaction repeats those texts. Empty text where there was no model.';

-- Columns of fixed width first, widest first: no padding.
CREATE TABLE transactions (
  occurred_at        timestamptz NOT NULL,
  chain_id           bigint NOT NULL,
  block_number       bigint NOT NULL,
  nonce              bigint NOT NULL,
  gas_limit          bigint NOT NULL,
  gas_used           bigint,
  score              double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
  confidence         double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  collected_at       timestamptz NOT NULL,
  scored_at          timestamptz NOT NULL,
  transaction_index  integer NOT NULL,
  input_length       integer NOT NULL,
  log_count          integer,
  scorer             integer NOT NULL,
  status             transaction_status NOT NULL,
  severity           anomaly_severity NOT NULL,
  type               smallint,
  removed            boolean NOT NULL,
  hash               bytea NOT NULL CHECK (octet_length(hash) = 32),
  block_hash         bytea,
  sender             bytea NOT NULL,
  receiver           bytea,
  created_contract   bytea,
  value              numeric(78, 0) NOT NULL,
  gas_price          numeric(78, 0),
  selector           bytea,
  function_name      text,
  labels             text[],
  parts              real[] NOT NULL,
  PRIMARY KEY (hash, occurred_at, chain_id)
) PARTITION BY RANGE (occurred_at);
COMMENT ON TABLE transactions IS 'Scored transactions by month of their block, from topic auditintel.transactions.scored. A row is a transaction at a block time: mined again at another time after a reorganisation it has another row, and the orphaned one is marked removed. Ask with NOT removed.';
COMMENT ON COLUMN transactions.occurred_at IS 'Of the block.';
COMMENT ON COLUMN transactions.hash IS '32 bytes; transactions_hex shows 0x text. Chain and hash make the id: transaction_id(chain_id, hash).';
COMMENT ON COLUMN transactions.value IS 'In wei.';
COMMENT ON COLUMN transactions.gas_price IS 'In wei: the effective price where it is known, otherwise the stated one.';
COMMENT ON COLUMN transactions.score IS '0 to 1: calibrated probability that it is anomalous.';
COMMENT ON COLUMN transactions.labels IS 'Label categories of sender and receiver at that time, from:phishing; null for none.';
COMMENT ON COLUMN transactions.scorer IS 'scorers.id: model, version and detectors. No foreign key: it would be looked up for every row of a load.';
COMMENT ON COLUMN transactions.parts IS 'Score, probability (NaN for none) and weight of each detector of the scorer, in its order; view predictions shows them as rows.';
COMMENT ON COLUMN transactions.removed IS 'True when a reorganisation orphaned the block.';
COMMENT ON COLUMN transactions.scored_at IS 'An earlier score does not replace a later one.';
CREATE INDEX transactions_by_sender ON transactions (sender);
CREATE INDEX transactions_by_receiver ON transactions (receiver) WHERE receiver IS NOT NULL;
CREATE INDEX transactions_by_severity ON transactions (severity, occurred_at DESC) WHERE severity > 'none';
CREATE INDEX transactions_by_block ON transactions USING brin (block_number, occurred_at);

CREATE VIEW transactions_hex AS
SELECT
  transaction_id(t.chain_id, t.hash) AS id, t.chain_id, hex(t.hash) AS hash, t.block_number, hex(t.block_hash) AS block_hash, t.transaction_index,
  t.occurred_at, hex(t.sender) AS sender, hex(t.receiver) AS receiver, hex(t.created_contract) AS created_contract, t.nonce, t.value,
  t.gas_limit, t.gas_price, t.gas_used, t.status, t.type, t.input_length, hex(t.selector) AS selector, t.function_name, t.log_count, t.score,
  t.confidence, t.severity, coalesce(t.labels, '{}') AS labels, nullif(s.model_id, '') AS model_id, nullif(s.model_version, '') AS model_version,
  t.removed, t.collected_at, t.scored_at, t.hash AS hash_bytes, t.sender AS sender_bytes, t.receiver AS receiver_bytes
FROM transactions t
LEFT JOIN scorers s ON s.id = t.scorer;
COMMENT ON VIEW transactions_hex IS 'Transactions for people. By hash: WHERE hash_bytes = unhex(''0x...''), which uses the index; by address: sender_bytes, receiver_bytes.';

CREATE VIEW predictions AS
SELECT
  transaction_id(t.chain_id, t.hash) AS transaction_id, t.chain_id, hex(t.hash) AS hash, t.occurred_at, nullif(s.model_id, '') AS model_id,
  nullif(s.model_version, '') AS model_version, d.detector, t.parts[3 * d.place - 2] AS score,
  nullif(t.parts[3 * d.place - 1], 'NaN') AS probability, t.parts[3 * d.place] AS weight, t.score AS transaction_score, t.confidence, t.severity,
  t.scored_at, t.removed, t.hash AS hash_bytes
FROM transactions t
LEFT JOIN scorers s ON s.id = t.scorer
LEFT JOIN LATERAL unnest(s.detectors) WITH ORDINALITY AS d (detector, place) ON true;
COMMENT ON VIEW predictions IS 'What each detector of a model version says of a transaction: one row a transaction and detector, monthly by occurred_at like transactions.';

CREATE TABLE anomalies (
  occurred_at    timestamptz NOT NULL,
  chain_id       bigint NOT NULL,
  block_number   bigint NOT NULL,
  score          double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
  confidence     double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  collected_at   timestamptz NOT NULL,
  detected_at    timestamptz NOT NULL,
  severity       anomaly_severity NOT NULL,
  removed        boolean NOT NULL,
  id             text COLLATE "C" NOT NULL CHECK (octet_length(id) = 64),
  kind           text COLLATE "C" NOT NULL CHECK (octet_length(kind) BETWEEN 1 AND 1024),
  hash           bytea NOT NULL CHECK (octet_length(hash) = 32),
  address        bytea NOT NULL,
  block_hash     bytea,
  sender         bytea NOT NULL,
  receiver       bytea,
  value          numeric(78, 0) NOT NULL,
  model_id       text,
  model_version  text,
  labels         text[] NOT NULL,
  parts          jsonb NOT NULL,
  reasons        jsonb NOT NULL,
  PRIMARY KEY (hash, occurred_at, chain_id, kind)
) PARTITION BY RANGE (occurred_at);
COMMENT ON TABLE anomalies IS 'Transactions whose score crossed a threshold, by month of their block, from topic auditintel.anomalies. Retracted ones are marked removed.';
COMMENT ON COLUMN anomalies.address IS 'The account that it is about.';
COMMENT ON COLUMN anomalies.hash IS 'Of the transaction; joins transactions on hash, occurred_at and chain_id.';
COMMENT ON COLUMN anomalies.value IS 'In wei.';
COMMENT ON COLUMN anomalies.parts IS 'Array of {name, score, probability, weight}, one a detector.';
COMMENT ON COLUMN anomalies.reasons IS 'Array of {feature, value, usualLow, usualHigh, contribution}, largest contribution first.';
COMMENT ON COLUMN anomalies.collected_at IS 'When the collector read the transaction: latency counts from here.';
CREATE INDEX anomalies_by_id ON anomalies (id);
CREATE INDEX anomalies_by_address ON anomalies (address, occurred_at DESC);
CREATE INDEX anomalies_by_severity ON anomalies (severity, occurred_at DESC);
CREATE INDEX anomalies_by_time ON anomalies (detected_at DESC);
CREATE INDEX anomalies_by_label ON anomalies USING gin (labels);

CREATE VIEW anomalies_hex AS
SELECT
  a.id, a.kind, transaction_id(a.chain_id, a.hash) AS transaction_id, a.chain_id, hex(a.address) AS address, hex(a.hash) AS transaction_hash,
  a.block_number, hex(a.block_hash) AS block_hash, a.occurred_at, hex(a.sender) AS sender, hex(a.receiver) AS receiver, a.value, a.score,
  a.confidence, a.severity, a.parts, a.reasons, a.labels, a.model_id, a.model_version, a.removed, a.collected_at, a.detected_at,
  a.hash AS hash_bytes, a.address AS address_bytes
FROM anomalies a;
COMMENT ON VIEW anomalies_hex IS 'Anomalies for people; by address: WHERE address_bytes = unhex(''0x...'').';

CREATE TABLE alerts (
  id                 text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) = 64),
  rule_id            text COLLATE "C" NOT NULL CHECK (octet_length(rule_id) BETWEEN 1 AND 1024),
  severity           anomaly_severity NOT NULL,
  title              text NOT NULL,
  summary            text NOT NULL,
  deduplication_key  text NOT NULL,
  chain_id           bigint,
  address            text COLLATE "C" CHECK (octet_length(address) <= 1024),
  transaction_hash   text COLLATE "C" CHECK (octet_length(transaction_hash) <= 1024),
  block_number       bigint,
  value              numeric(78, 0),
  anomaly_id         text COLLATE "C" CHECK (octet_length(anomaly_id) = 64),
  score              double precision,
  confidence         double precision,
  reasons            jsonb NOT NULL,
  labels             text[] NOT NULL,
  channels           text[] NOT NULL,
  resolved           boolean NOT NULL,
  occurred_at        timestamptz NOT NULL,
  collected_at       timestamptz,
  told_at            timestamptz NOT NULL,
  changed_at         timestamptz NOT NULL
);
COMMENT ON TABLE alerts IS 'What rules told people, from topic auditintel.alerts: one row an occasion, which its resolution changes.';
COMMENT ON COLUMN alerts.address IS '0x text, as the alert has it.';
COMMENT ON COLUMN alerts.value IS 'In wei.';
COMMENT ON COLUMN alerts.told_at IS 'When it was told first.';
COMMENT ON COLUMN alerts.changed_at IS 'When what stands here was told; of a resolved alert: when it was resolved.';
CREATE INDEX alerts_by_time ON alerts (told_at DESC);
CREATE INDEX alerts_by_severity ON alerts (severity, told_at DESC);
CREATE INDEX alerts_by_rule ON alerts (rule_id, told_at DESC);
CREATE INDEX alerts_by_address ON alerts (address, told_at DESC) WHERE address IS NOT NULL;
CREATE INDEX alerts_by_anomaly ON alerts (anomaly_id) WHERE anomaly_id IS NOT NULL;

CREATE TABLE model_versions (
  model_id       text COLLATE "C" NOT NULL CHECK (octet_length(model_id) BETWEEN 1 AND 1024),
  version        text COLLATE "C" NOT NULL CHECK (octet_length(version) BETWEEN 1 AND 1024),
  kind           text NOT NULL,
  format         text NOT NULL,
  features       text[] NOT NULL,
  metrics        jsonb NOT NULL,
  parameters     jsonb NOT NULL,
  seed           bigint,
  trained_on     text,
  trained_rows   bigint,
  trained_from   timestamptz,
  trained_until  timestamptz,
  sha256         text COLLATE "C" NOT NULL CHECK (octet_length(sha256) = 64),
  artifact       bytea NOT NULL,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (model_id, version)
);
COMMENT ON TABLE model_versions IS 'Every trained version of every model, kept for ever (the topic auditintel.models keeps the newest only). A version never changes: the first that came stands.';
COMMENT ON COLUMN model_versions.sha256 IS 'Of the artefact''s bytes; checked before the row is written.';
COMMENT ON COLUMN model_versions.trained_on IS 'Topic or folder.';
ALTER TABLE model_versions ALTER COLUMN artifact SET STORAGE EXTERNAL;

CREATE TABLE models (
  id          text COLLATE "C" PRIMARY KEY,
  version     text COLLATE "C" NOT NULL,
  created_at  timestamptz NOT NULL,
  FOREIGN KEY (id, version) REFERENCES model_versions (model_id, version)
);
COMMENT ON TABLE models IS 'The newest version of each model, by its time of creation; a tombstone on the topic takes the model from here, its versions stay.';
