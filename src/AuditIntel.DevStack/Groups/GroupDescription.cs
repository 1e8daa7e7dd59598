namespace AuditIntel.DevStack.Groups;

/// <summary>A group as the admin APIs show it.</summary>
internal sealed record GroupDescription(GroupState State, string ProtocolType, string Protocol, List<DescribedMember> Members);

/// <summary>A member as the admin APIs show it.</summary>
internal sealed record DescribedMember(string Id, string? InstanceId, string ClientId, string ClientHost, byte[] Metadata, byte[] Assignment);
