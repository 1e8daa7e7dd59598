-- Between the parts of a batch that is taken apart to find its bad record.
TRUNCATE pg_temp.staged_trends, pg_temp.staged_threats, pg_temp.staged_similar, pg_temp.staged_dead_letters
