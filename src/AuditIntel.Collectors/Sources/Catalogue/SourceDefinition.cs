namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>One entry of the catalogue, valid by construction: only <see cref="SourceCatalogue"/> makes them.</summary>
public sealed record SourceDefinition
{
    /// <summary>Unique in the catalogue; lower case, digits and dashes. Names the cursor <c>source/ID</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required SourceKind Kind { get; init; }

    public required Uri Url { get; init; }

    /// <summary>Platform of its records.</summary>
    public required string Platform { get; init; }

    /// <summary>Whether it runs when no source is named.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the address was confirmed when the entry was written.</summary>
    public bool Verified { get; init; } = true;

    /// <summary>Pause between two passes.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Most that is added to the pause by chance, so that sources do not march in step.</summary>
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most requests a second to its host on average; sources of one host share the lowest of theirs.</summary>
    public double RequestsPerSecond { get; init; } = 0.5;

    public string UserAgent { get; init; } = DefaultUserAgent;

    /// <summary>Whether robots.txt is asked and obeyed (RFC 9309).</summary>
    public bool HonoursRobots { get; init; } = true;

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest answer, in bytes after decompression.</summary>
    public long LargestAnswer { get; init; } = 32 * 1024 * 1024;

    /// <summary>Hosts that may lie on loopback or private addresses; all others may not.</summary>
    public IReadOnlyList<string> PrivateHosts { get; init; } = [];

    /// <summary>Of kinds that read repositories; null otherwise.</summary>
    public RepositoryLayout? Repository { get; init; }

    /// <summary>Of kinds that read pages, JSON or tables.</summary>
    public FieldMapping Fields { get; init; } = new();

    public Paging Paging { get; init; } = new();

    /// <summary>File of the entry, for messages.</summary>
    public string File { get; init; } = "";

    /// <summary>Line of the entry, from 1.</summary>
    public int Line { get; init; }

    /// <summary>What the program calls itself when an entry does not say otherwise.</summary>
    public const string DefaultUserAgent = "AuditIntelStreams/0.1 (security research)";

    /// <summary>Whether it reads repositories instead of pages.</summary>
    public bool ReadsRepositories => Repository is not null;
}
