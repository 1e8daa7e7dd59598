namespace AuditIntel.Sinks.Findings;

/// <summary>Primary key of contests.</summary>
internal sealed record ContestRef(string Platform, string Contest)
{
    /// <summary>Splits a record key, platform/contest; no platform id has a slash.</summary>
    public static ContestRef? TryParse(string recordKey)
    {
        var slash = recordKey.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < recordKey.Length - 1 ? new ContestRef(recordKey[..slash], recordKey[(slash + 1)..]) : null;
    }
}
