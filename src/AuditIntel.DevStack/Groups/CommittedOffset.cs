namespace AuditIntel.DevStack.Groups;

/// <summary>How far a group has consumed a partition.</summary>
internal sealed record CommittedOffset(long Offset, int LeaderEpoch, string Metadata, long CommitTimestamp);
