-- Between the parts of a batch that is taken apart to find its bad record.
TRUNCATE pg_temp.staged_contests, pg_temp.staged_findings, pg_temp.staged_duplicates, pg_temp.staged_dead_letters
