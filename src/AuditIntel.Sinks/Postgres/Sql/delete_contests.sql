-- Tombstones of the contests topic: $1 platforms, $2 contests, side by side.
DELETE FROM contests c
USING unnest($1::text[], $2::text[]) AS gone (platform, contest)
WHERE c.platform = gone.platform AND c.contest = gone.contest
