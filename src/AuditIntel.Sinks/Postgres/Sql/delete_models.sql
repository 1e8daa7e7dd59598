-- Tombstones of the models topic: $1 ids. The versions stay.
DELETE FROM models WHERE id = ANY ($1)
