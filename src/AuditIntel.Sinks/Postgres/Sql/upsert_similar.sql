-- Tellings of a pair come from several tasks: the one collected last stands, on a tie the one that is not withdrawn, in whatever order they come.
INSERT INTO similar_findings AS f (id, other_id, similarity, cross_platform, reasons, withdrawn, changed_at)
SELECT s.id, s.other_id, s.similarity, s.cross_platform, s.reasons, s.withdrawn, s.changed_at
FROM pg_temp.staged_similar s
ON CONFLICT (id, other_id) DO UPDATE SET
  similarity = excluded.similarity,
  cross_platform = excluded.cross_platform,
  reasons = excluded.reasons,
  withdrawn = excluded.withdrawn,
  changed_at = excluded.changed_at
WHERE (excluded.changed_at, NOT excluded.withdrawn) >= (f.changed_at, NOT f.withdrawn)
  AND (f.similarity, f.cross_platform, f.reasons, f.withdrawn, f.changed_at)
    IS DISTINCT FROM (excluded.similarity, excluded.cross_platform, excluded.reasons, excluded.withdrawn, excluded.changed_at)
