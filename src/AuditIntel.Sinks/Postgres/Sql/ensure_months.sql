-- $1 table, $2 first days of months.
SELECT ensure_months($1, $2)
