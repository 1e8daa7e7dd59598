using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>The answer to a join.</summary>
internal sealed record JoinResult(ErrorCode Error, string MemberId)
{
    public int Generation { get; init; } = -1;

    public string? ProtocolType { get; init; }

    public string? ProtocolName { get; init; }

    public string Leader { get; init; } = "";

    public bool SkipAssignment { get; init; }

    /// <value>All members for the leader, empty for the others.</value>
    public List<(string Id, string? InstanceId, byte[] Metadata)> Members { get; init; } = [];
}

/// <summary>The answer to a sync.</summary>
internal sealed record SyncResult(ErrorCode Error, byte[] Assignment, string? ProtocolType = null, string? ProtocolName = null)
{
    public static SyncResult Failed(ErrorCode error) => new(error, []);
}
