-- Findings, their duplicates, contests, dead letters, and the offsets of the sinks that fill them.
-- Ids are deterministic (SHA-256), so a replay meets its own rows. Text that is compared for equality only is COLLATE "C":
-- its indexes are smaller and quicker and its order does not depend on the server's locale.

CREATE TYPE severity AS ENUM ('unknown', 'gas', 'informational', 'low', 'medium', 'high', 'critical');
COMMENT ON TYPE severity IS 'One scale for all platforms, in rising order: severity >= ''high'' works.';

CREATE TABLE contests (
  platform        text COLLATE "C" NOT NULL CHECK (octet_length(platform) BETWEEN 1 AND 1024),
  contest         text COLLATE "C" NOT NULL CHECK (octet_length(contest) BETWEEN 1 AND 1024),
  name            text NOT NULL,
  category        text,
  prize_pool_usd  numeric(18, 2),
  auditors        integer,
  high_findings   integer,
  started_on      date,
  url             text,
  source_path     text NOT NULL,
  collected_at    timestamptz NOT NULL,
  changed_at      timestamptz NOT NULL,
  PRIMARY KEY (platform, contest)
);
COMMENT ON TABLE contests IS 'Contests and audit engagements, from topic auditintel.contests. A tombstone there deletes the row.';
COMMENT ON COLUMN contests.contest IS 'Id, unique within the platform.';
COMMENT ON COLUMN contests.category IS 'The platform''s word for the kind of protocol.';
COMMENT ON COLUMN contests.prize_pool_usd IS 'US dollars.';
COMMENT ON COLUMN contests.auditors IS 'Number of participants.';
COMMENT ON COLUMN contests.high_findings IS 'Number of high findings that the platform states.';
COMMENT ON COLUMN contests.started_on IS 'First day; the first of the month where the source gives only a month.';
COMMENT ON COLUMN contests.collected_at IS 'When this contest was collected for the first time.';
COMMENT ON COLUMN contests.changed_at IS 'When the content that stands here was collected; older records do not replace it.';
CREATE INDEX contests_by_start ON contests (started_on DESC NULLS LAST);

CREATE TABLE findings (
  id                  text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) = 64),
  content_hash        text COLLATE "C" NOT NULL CHECK (octet_length(content_hash) = 64),
  platform            text COLLATE "C" NOT NULL CHECK (octet_length(platform) BETWEEN 1 AND 1024),
  contest             text COLLATE "C" NOT NULL CHECK (octet_length(contest) BETWEEN 1 AND 1024),
  native_id           text COLLATE "C" NOT NULL,
  url                 text,
  authors             text[] NOT NULL,
  severity            severity NOT NULL,
  severity_label      text,
  title               text NOT NULL,
  body                text NOT NULL,
  vulnerability_type  text COLLATE "C" NOT NULL CHECK (octet_length(vulnerability_type) BETWEEN 1 AND 1024),
  type_confidence     double precision NOT NULL CHECK (type_confidence BETWEEN 0 AND 1),
  swc                 text[] NOT NULL,
  cwe                 text[] NOT NULL,
  contest_name        text,
  contest_category    text,
  prize_pool_usd      numeric(18, 2),
  source_path         text NOT NULL,
  published_at        timestamptz,
  collected_at        timestamptz NOT NULL,
  changed_at          timestamptz NOT NULL
);
COMMENT ON TABLE findings IS 'Unique findings, normalised, classified and enriched, from topic auditintel.findings. An id is here or in finding_duplicates, not in both: the verdict collected later wins, on a tie the finding.';
COMMENT ON COLUMN findings.id IS 'SHA-256 of platform, contest and native id: the same finding has the same id for ever.';
COMMENT ON COLUMN findings.content_hash IS 'SHA-256 of the normalised title and body: equal text, equal hash.';
COMMENT ON COLUMN findings.native_id IS 'The platform''s own id, unique within the contest: H-01.';
COMMENT ON COLUMN findings.authors IS 'In the order of the source; empty when it names nobody.';
COMMENT ON COLUMN findings.severity_label IS 'The platform''s own word.';
COMMENT ON COLUMN findings.body IS 'Markdown, normalised.';
COMMENT ON COLUMN findings.vulnerability_type IS 'Id in the taxonomy of AuditIntel.Intelligence; unknown when no rule fits.';
COMMENT ON COLUMN findings.type_confidence IS '0 to 1: share of the rule evidence that speaks for the type.';
COMMENT ON COLUMN findings.swc IS 'Smart Contract Weakness Classification ids: SWC-107.';
COMMENT ON COLUMN findings.cwe IS 'Common Weakness Enumeration ids: CWE-841.';
COMMENT ON COLUMN findings.contest_name IS 'From the contests table as the topology knew it.';
COMMENT ON COLUMN findings.contest_category IS 'From the contests table as the topology knew it.';
COMMENT ON COLUMN findings.prize_pool_usd IS 'US dollars, from the contests table as the topology knew it.';
COMMENT ON COLUMN findings.published_at IS 'Event time; from the contest when the finding has no date of its own.';
COMMENT ON COLUMN findings.collected_at IS 'When this finding was collected for the first time.';
COMMENT ON COLUMN findings.changed_at IS 'When the content that stands here was collected; older records do not replace it.';
CREATE INDEX findings_by_contest ON findings (platform, contest, severity);
CREATE INDEX findings_by_severity ON findings (severity, published_at DESC NULLS LAST);
CREATE INDEX findings_by_type ON findings (vulnerability_type, severity);
CREATE INDEX findings_by_time ON findings (published_at DESC NULLS LAST);

CREATE TABLE finding_duplicates (
  id              text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) = 64),
  canonical_id    text COLLATE "C" NOT NULL CHECK (octet_length(canonical_id) = 64),
  content_hash    text COLLATE "C" NOT NULL CHECK (octet_length(content_hash) = 64),
  platform        text COLLATE "C" NOT NULL CHECK (octet_length(platform) BETWEEN 1 AND 1024),
  contest         text COLLATE "C" NOT NULL CHECK (octet_length(contest) BETWEEN 1 AND 1024),
  native_id       text COLLATE "C" NOT NULL,
  url             text,
  authors         text[] NOT NULL,
  severity_label  text,
  title           text NOT NULL,
  method          text COLLATE "C" NOT NULL,
  similarity      double precision NOT NULL CHECK (similarity BETWEEN 0 AND 1),
  reasons         text[] NOT NULL,
  source_path     text NOT NULL,
  published_at    timestamptz,
  collected_at    timestamptz NOT NULL,
  changed_at      timestamptz NOT NULL
);
COMMENT ON TABLE finding_duplicates IS 'Findings that say what another one said before, from topic auditintel.findings.duplicates.';
COMMENT ON COLUMN finding_duplicates.canonical_id IS 'findings.id of the finding that it repeats. No foreign key: the two topics are read side by side, the duplicate may come first.';
COMMENT ON COLUMN finding_duplicates.method IS 'How it was recognised: exact (equal content hash).';
COMMENT ON COLUMN finding_duplicates.similarity IS '0 to 1; 1 for exact.';
COMMENT ON COLUMN finding_duplicates.reasons IS 'For people: what the two share.';
COMMENT ON COLUMN finding_duplicates.collected_at IS 'When this duplicate was collected for the first time.';
COMMENT ON COLUMN finding_duplicates.changed_at IS 'When the content that stands here was collected; older records do not replace it.';
CREATE INDEX finding_duplicates_by_canonical ON finding_duplicates (canonical_id);
CREATE INDEX finding_duplicates_by_contest ON finding_duplicates (platform, contest);

CREATE TABLE dead_letters (
  id                text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) = 64),
  stage             text COLLATE "C" NOT NULL CHECK (octet_length(stage) BETWEEN 1 AND 1024),
  error_class       text COLLATE "C" NOT NULL CHECK (octet_length(error_class) BETWEEN 1 AND 1024),
  error_message     text NOT NULL,
  platform          text COLLATE "C",
  source_path       text,
  origin_topic      text COLLATE "C",
  origin_partition  integer,
  origin_offset     bigint,
  key               bytea,
  payload           bytea,
  payload_length    bigint NOT NULL,
  failed_at         timestamptz NOT NULL
);
COMMENT ON TABLE dead_letters IS 'What could not be processed, with the reason and the original bytes, from the topics *.dlq and from the sinks themselves (stage sink). The first verdict on an id stands.';
COMMENT ON COLUMN dead_letters.id IS 'SHA-256 of origin and payload: a replay gives the same id.';
COMMENT ON COLUMN dead_letters.stage IS 'Where it failed: collect, deserialize, validate, process, sink.';
COMMENT ON COLUMN dead_letters.error_class IS 'Closed set, kebab case: invalid-utf8, corrupt-avro, ...';
COMMENT ON COLUMN dead_letters.error_message IS 'One sentence for people.';
COMMENT ON COLUMN dead_letters.origin_topic IS 'Null when it failed before it reached a topic.';
COMMENT ON COLUMN dead_letters.key IS 'Original record key.';
COMMENT ON COLUMN dead_letters.payload IS 'Original bytes, cut at 1 MiB.';
COMMENT ON COLUMN dead_letters.payload_length IS 'Length before any cut, in bytes.';
CREATE INDEX dead_letters_by_reason ON dead_letters (stage, error_class, failed_at DESC);
CREATE INDEX dead_letters_by_time ON dead_letters (failed_at DESC);

CREATE TABLE sink_offsets (
  sink         text COLLATE "C" NOT NULL,
  topic        text COLLATE "C" NOT NULL,
  partition    integer NOT NULL,
  next_offset  bigint NOT NULL CHECK (next_offset >= 0),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sink, topic, partition)
);
COMMENT ON TABLE sink_offsets IS 'Where each sink goes on reading: moved in the transaction that writes the rows, and only from the value that the writer read (fencing).';
COMMENT ON COLUMN sink_offsets.sink IS 'Name of the sink; one name belongs to one Kafka cluster.';
COMMENT ON COLUMN sink_offsets.next_offset IS 'First offset that is not in the tables yet.';

-- lz4 compresses 3 KB bodies several times quicker than pglz; servers built without it keep their default.
DO $$
BEGIN
  EXECUTE 'ALTER TABLE findings ALTER COLUMN body SET COMPRESSION lz4';
  EXECUTE 'ALTER TABLE dead_letters ALTER COLUMN payload SET COMPRESSION lz4';
EXCEPTION
  WHEN feature_not_supported OR syntax_error THEN NULL;
END
$$;
