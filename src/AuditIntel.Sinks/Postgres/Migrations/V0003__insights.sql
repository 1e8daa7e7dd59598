-- Trends, emerging threats, similar findings of different contests.

CREATE TABLE finding_trends (
  dimension         text COLLATE "C" NOT NULL CHECK (dimension IN ('all', 'type', 'platform', 'severity')),
  value             text COLLATE "C" NOT NULL CHECK (octet_length(value) BETWEEN 1 AND 1024),
  window_days       integer NOT NULL CHECK (window_days >= 0),
  window_start      date NOT NULL,
  window_end        date NOT NULL,
  count             bigint NOT NULL CHECK (count >= 0),
  previous_count    bigint NOT NULL CHECK (previous_count >= 0),
  direction         text COLLATE "C" NOT NULL CHECK (direction IN ('up', 'down', 'stable', 'unknown')),
  p_value           double precision,
  adjusted_p_value  double precision,
  critical          bigint NOT NULL,
  high              bigint NOT NULL,
  medium            bigint NOT NULL,
  low               bigint NOT NULL,
  risk              bigint NOT NULL,
  rank              integer NOT NULL,
  recommendation    text,
  training_need     text COLLATE "C",
  PRIMARY KEY (dimension, value, window_days, window_start)
);
COMMENT ON TABLE finding_trends IS 'How often findings of one kind were published in windows of days, from topic auditintel.insights.trends. A tombstone there deletes the row.';
COMMENT ON COLUMN finding_trends.window_days IS '7, 30 or 90; 0 for the findings without date.';
COMMENT ON COLUMN finding_trends.window_start IS 'First day, UTC; -infinity for the findings without date.';
COMMENT ON COLUMN finding_trends.window_end IS 'Last day, UTC, included; -infinity for the findings without date.';
COMMENT ON COLUMN finding_trends.previous_count IS 'In the window of equal length before it.';
COMMENT ON COLUMN finding_trends.p_value IS 'Exact conditional test that both windows have one rate; NULL where nothing was tested.';
COMMENT ON COLUMN finding_trends.adjusted_p_value IS 'Adjusted for all values of the dimension (Benjamini and Hochberg).';
COMMENT ON COLUMN finding_trends.risk IS '10 for each critical finding, 7 high, 4 medium, 1 low.';
COMMENT ON COLUMN finding_trends.rank IS 'Place by risk among the values of the dimension in this window, from 1; 0 without findings.';
CREATE INDEX finding_trends_by_window ON finding_trends (window_days, window_end, dimension, rank);

CREATE VIEW current_trends AS
SELECT t.*
FROM finding_trends t
WHERE t.window_end = (SELECT max(n.window_end) FROM finding_trends n WHERE n.window_days = t.window_days);
COMMENT ON VIEW current_trends IS 'The newest window of each length: the present, as far as findings tell.';

CREATE TABLE emerging_threats (
  type              text COLLATE "C" NOT NULL CHECK (octet_length(type) BETWEEN 1 AND 1024),
  name              text NOT NULL,
  kind              text COLLATE "C" NOT NULL CHECK (kind IN ('new', 'surging')),
  window_days       integer NOT NULL,
  window_start      date NOT NULL,
  window_end        date NOT NULL,
  count             bigint NOT NULL,
  previous_count    bigint NOT NULL,
  growth            double precision,
  adjusted_p_value  double precision,
  platforms         text[] NOT NULL,
  worst_severity    text COLLATE "C" NOT NULL,
  risk              bigint NOT NULL,
  recommendation    text NOT NULL,
  PRIMARY KEY (type, window_days, window_start)
);
COMMENT ON TABLE emerging_threats IS 'Types of findings that are new or have more than doubled, from topic auditintel.insights.emerging. A tombstone there deletes the row.';
COMMENT ON COLUMN emerging_threats.growth IS 'Count by previous count; NULL where there was none.';
CREATE INDEX emerging_threats_by_window ON emerging_threats (window_days, window_end);

CREATE TABLE similar_findings (
  id              text COLLATE "C" NOT NULL CHECK (octet_length(id) = 64),
  other_id        text COLLATE "C" NOT NULL CHECK (octet_length(other_id) = 64),
  similarity      double precision NOT NULL CHECK (similarity BETWEEN 0 AND 1),
  cross_platform  boolean NOT NULL,
  reasons         text[] NOT NULL,
  withdrawn       boolean NOT NULL,
  changed_at      timestamptz NOT NULL,
  PRIMARY KEY (id, other_id),
  CHECK (id < other_id)
);
COMMENT ON TABLE similar_findings IS 'Pairs of findings of different contests with much the same text, from topic auditintel.findings.similar. Both stay findings.';
COMMENT ON COLUMN similar_findings.id IS 'The lower of the two ids.';
COMMENT ON COLUMN similar_findings.withdrawn IS 'One of the two has changed, and they do not resemble each other any more.';
CREATE INDEX similar_findings_by_other ON similar_findings (other_id);
