namespace AuditIntel.Topologies.Findings;

/// <summary>Names of the topology's stores, and so of their changelogs.</summary>
internal static class FindingsStores
{
    public const string Contests = "contests";

    public const string Models = "findings-models";

    /// <summary>Contest key and content hash to the finding that holds this text.</summary>
    public const string Canonical = "findings-canonical";

    /// <summary>Id of a finding to the hash of the text that it holds.</summary>
    public const string Held = "findings-held";

    /// <summary>Id of a finding to what is known and published of it.</summary>
    public const string Known = "findings-known";

    /// <summary>Contest key and number to what came of the contest, in its order.</summary>
    public const string Log = "findings-log";

    /// <summary>Contest key to how far its log goes.</summary>
    public const string LogHeads = "findings-log-heads";

    /// <summary>Band of a signature to the newest findings of all contests that have it.</summary>
    public const string SimilarBands = "findings-similar-bands";
}
