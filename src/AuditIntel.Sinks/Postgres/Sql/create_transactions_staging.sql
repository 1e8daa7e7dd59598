-- Where transactions land that may be there already, and the rows that come seldom. Nothing is compressed here.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_transactions (LIKE transactions) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_anomalies (LIKE anomalies) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_alerts (LIKE alerts) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_model_versions (LIKE model_versions INCLUDING STORAGE) ON COMMIT DELETE ROWS;
