namespace AuditIntel.DevStack.Groups;

/// <summary>What a member asks when it joins.</summary>
internal sealed record JoinDemand
{
    public required string MemberId { get; init; }

    public string? InstanceId { get; init; }

    public required string ClientId { get; init; }

    public required string ClientHost { get; init; }

    public required TimeSpan SessionTimeout { get; init; }

    public required TimeSpan RebalanceTimeout { get; init; }

    public required string ProtocolType { get; init; }

    public required List<MemberProtocol> Protocols { get; init; }

    /// <value>The client knows KIP-394: a new member gets its id first and joins with it.</value>
    public bool NeedsMemberIdFirst { get; init; }

    /// <value>The client knows KIP-814: a returning static leader is told to skip the assignment.</value>
    public bool KnowsSkipAssignment { get; init; }
}
