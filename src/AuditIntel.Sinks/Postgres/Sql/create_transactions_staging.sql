-- Where transactions land that may be there already, and the rows that come seldom. Nothing is compressed here.
-- Anchored: a retraction in whose batch stood what it retracts.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_transactions (LIKE transactions, anchored boolean NOT NULL) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_anomalies (LIKE anomalies, anchored boolean NOT NULL) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_alerts (LIKE alerts) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_model_versions (LIKE model_versions INCLUDING STORAGE) ON COMMIT DELETE ROWS;
