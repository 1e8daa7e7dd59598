using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>A source's state as it stands in its cursor.</summary>
internal sealed record StateToken
{
    public const int Current = 1;

    public int Version { get; init; }

    public string? Resume { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Dictionary<string, PageValidator> Validators { get; init; } = [];

    /// <summary>Pairs of 64-bit hashes, little end first: which one, which version.</summary>
    public byte[] Seen { get; init; } = [];
}
