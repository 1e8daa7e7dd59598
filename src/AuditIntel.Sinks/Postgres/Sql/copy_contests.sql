COPY pg_temp.staged_contests (
  platform, contest, name, category, prize_pool_usd, auditors, high_findings, started_on, url, source_path, collected_at
) FROM STDIN (FORMAT BINARY)
