using AuditIntel.Intelligence.Taxonomy;
using Dapper;
using Npgsql;

namespace AuditIntel.Cli.Queries;

/// <summary>The questions of the <c>query</c> and <c>export</c> commands, asked of the PostgreSQL tables.</summary>
internal sealed class FindingsDatabase(string connectionString)
{
    private const int Examples = 3;

    private const string Columns =
        """
        f.id, f.platform, f.contest, f.native_id as "NativeId", f.severity::text as severity, f.vulnerability_type as type, f.type_confidence as "TypeConfidence", f.title, f.url,
        f.published_at as "PublishedAt", (select count(*) from finding_duplicates d where d.canonical_id = f.id) as duplicates
        """;

    /// <summary>Findings, most severe and newest first; or the duplicates of one, most similar first.</summary>
    public async Task<IReadOnlyList<FindingRow>> FindingsAsync(FindingFilter filter, CancellationToken cancellationToken)
    {
        string sql = filter.DuplicatesOf is not null
            ? """
              select id, platform, contest, native_id as "NativeId", coalesce(severity_label, 'unknown') as severity, title, url, published_at as "PublishedAt", 0::bigint as duplicates, similarity, method
              from finding_duplicates where canonical_id = @DuplicatesOf order by similarity desc, id limit @Limit
              """
            : $"""
              select {Columns} from findings f
              where (@Severity::text is null or f.severity >= @Severity::text::severity)
                and (@Type::text is null or f.vulnerability_type = @Type)
                and (@Platform::text is null or f.platform = @Platform)
                and (@Contest::text is null or f.contest = @Contest)
                and (@Pattern::text is null or f.title ilike @Pattern or f.body ilike @Pattern)
                and (@From::timestamptz is null or f.published_at >= @From)
              order by f.severity desc, f.published_at desc nulls last, f.id limit @Limit
              """;
        var parameters = new
        {
            filter.Severity,
            filter.Type,
            filter.Platform,
            filter.Contest,
            filter.DuplicatesOf,
            filter.Limit,
            Pattern = filter.Text is null ? null : $"%{Escaped(filter.Text)}%",
            From = filter.Since?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        };
        return await AskAsync<FindingRow>(sql, parameters, cancellationToken);
    }

    /// <summary>Types by risk, with what the taxonomy says of them.</summary>
    public async Task<IReadOnlyList<PatternRow>> PatternsAsync(int limit, CancellationToken cancellationToken)
    {
        Dictionary<string, VulnerabilityType> known = TaxonomyTable.Default.Types.ToDictionary(type => type.Id);
        IReadOnlyList<Count> counts = await AskAsync<Count>(
            """
            select vulnerability_type as type, count(*) as findings,
              count(*) filter (where severity = 'critical') as critical, count(*) filter (where severity = 'high') as high,
              count(*) filter (where severity = 'medium') as medium, count(*) filter (where severity = 'low') as low,
              sum(case severity when 'critical' then 10 when 'high' then 7 when 'medium' then 4 when 'low' then 1 else 0 end)::bigint as risk,
              array_agg(distinct platform order by platform) as platforms, min(published_at) as "FirstPublished", max(published_at) as "LastPublished"
            from findings where vulnerability_type <> 'unknown' group by 1 order by risk desc, findings desc, 1 limit @limit
            """,
            new { limit },
            cancellationToken);
        ILookup<string?, FindingRow> examples = (await AskAsync<FindingRow>(
            $"""
            select * from (
              select {Columns}, row_number() over (partition by f.vulnerability_type order by f.severity desc, f.type_confidence desc, f.published_at desc nulls last, f.id) as place
              from findings f where f.vulnerability_type = any(@types)) ranked
            where place <= {Examples} order by type, place
            """,
            new { types = counts.Select(count => count.Type).ToArray() },
            cancellationToken)).ToLookup(row => row.Type);
        return [.. counts.Select(count => count.Row(known.GetValueOrDefault(count.Type), [.. examples[count.Type]]))];
    }

    /// <summary>The newest window of a length.</summary>
    public async Task<TrendAnswer> TrendsAsync(int days, string dimension, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<TrendRow> trends = await AskAsync<TrendRow>(
            """
            select value, window_start as "WindowStart", window_end as "WindowEnd", count, previous_count as "PreviousCount", direction, adjusted_p_value as "AdjustedPValue", risk, rank,
              training_need as "TrainingNeed", recommendation
            from current_trends where window_days = @days and dimension = @dimension and count + previous_count > 0 order by risk desc, count desc, value limit @limit
            """,
            new { days, dimension, limit },
            cancellationToken);
        IReadOnlyList<ThreatRow> threats = await AskAsync<ThreatRow>(
            """
            select type, name, kind, window_start as "WindowStart", window_end as "WindowEnd", count, previous_count as "PreviousCount", growth, worst_severity as "WorstSeverity", recommendation
            from emerging_threats
            where window_days = @days and window_end = (select max(window_end) from finding_trends where window_days = @days)
            order by risk desc, type limit @limit
            """,
            new { days, limit },
            cancellationToken);
        return new TrendAnswer(days, dimension, trends, threats);
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private async Task<IReadOnlyList<T>> AskAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
    }

    private sealed record Count
    {
        public required string Type { get; init; }

        public required long Findings { get; init; }

        public required long Critical { get; init; }

        public required long High { get; init; }

        public required long Medium { get; init; }

        public required long Low { get; init; }

        public required long Risk { get; init; }

        public required string[] Platforms { get; init; }

        public DateTime? FirstPublished { get; init; }

        public DateTime? LastPublished { get; init; }

        public PatternRow Row(VulnerabilityType? type, IReadOnlyList<FindingRow> examples) => new()
        {
            Type = Type,
            Name = type?.Name ?? Type,
            Findings = Findings,
            Critical = Critical,
            High = High,
            Medium = Medium,
            Low = Low,
            Risk = Risk,
            Platforms = Platforms,
            FirstPublished = FirstPublished,
            LastPublished = LastPublished,
            Swc = type?.Swc ?? [],
            Cwe = type?.Cwe ?? [],
            Owasp = type?.Owasp,
            Recommendation = type?.Recommendation ?? "",
            Examples = examples,
        };
    }
}
