-- Between the parts of a batch that is taken apart to find its bad record.
TRUNCATE pg_temp.staged_transactions, pg_temp.staged_anomalies, pg_temp.staged_alerts, pg_temp.staged_model_versions, pg_temp.staged_dead_letters
