namespace AuditIntel.DevStack.Groups;

/// <summary>A member of a group. Owned by its <see cref="Group"/> and touched under that group's lock only.</summary>
internal sealed class GroupMember
{
    public required string Id { get; set; }

    public string? InstanceId { get; init; }

    public string ClientId { get; set; } = "";

    public string ClientHost { get; set; } = "";

    public TimeSpan SessionTimeout { get; set; }

    public TimeSpan RebalanceTimeout { get; set; }

    public List<MemberProtocol> Protocols { get; set; } = [];

    public byte[] Assignment { get; set; } = [];

    public TaskCompletionSource<JoinResult>? Joining { get; set; }

    public TaskCompletionSource<SyncResult>? Syncing { get; set; }

    public bool HasSynced { get; set; }

    public ITimer? SessionTimer { get; set; }

    /// <value>When the session ends unless the member is heard of before.</value>
    public DateTimeOffset Deadline { get; set; }

    /// <summary>The metadata of this member under the protocol the group chose.</summary>
    public byte[] MetadataFor(string? protocol) => Protocols.FirstOrDefault(p => p.Name == protocol)?.Metadata ?? [];

    public bool HasSameProtocols(List<MemberProtocol> others) =>
        Protocols.Count == others.Count
        && Protocols.Zip(others).All(p => p.First.Name == p.Second.Name && p.First.Metadata.AsSpan().SequenceEqual(p.Second.Metadata));
}

/// <summary>A protocol that a member can follow, with the member's subscription for it.</summary>
internal sealed record MemberProtocol(string Name, byte[] Metadata);
