-- Gone: the key of a window that is none any more.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_trends (LIKE finding_trends, gone boolean NOT NULL) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_threats (LIKE emerging_threats, gone boolean NOT NULL) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_similar (LIKE similar_findings) ON COMMIT DELETE ROWS;
