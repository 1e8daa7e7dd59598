using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>Key of an offset record in __consumer_offsets (key version 1).</summary>
internal sealed class OffsetKey
{
    public string Group = "";
    public string Topic = "";
    public int Partition;

    public static Layout<OffsetKey> Layout { get; } = new Layout<OffsetKey>()
        .String("0+", m => ref m.Group)
        .String("0+", m => ref m.Topic)
        .Int32("0+", m => ref m.Partition);
}

/// <summary>Value of an offset record (value versions 0 to 3; 3 is written).</summary>
internal sealed class OffsetValue
{
    public long Offset;
    public int LeaderEpoch = -1;
    public string Metadata = "";
    public long CommitTimestamp;
    public long ExpireTimestamp = -1;

    public static Layout<OffsetValue> Layout { get; } = new Layout<OffsetValue>()
        .Int64("0+", m => ref m.Offset)
        .Int32("3+", m => ref m.LeaderEpoch)
        .String("0+", m => ref m.Metadata)
        .Int64("0+", m => ref m.CommitTimestamp)
        .Int64("1", m => ref m.ExpireTimestamp);
}

/// <summary>Value of a group record (key version 2 with the group's name; value versions 0 to 3; 3 is written).</summary>
internal sealed class GroupMetadata
{
    public string Group = "";
    public string ProtocolType = "";
    public int Generation;
    public string? Protocol;
    public string? Leader;
    public long CurrentStateTimestamp = -1;
    public List<Member> Members = [];

    public static Layout<GroupMetadata> Layout { get; } = new Layout<GroupMetadata>()
        .String("0+", m => ref m.ProtocolType)
        .Int32("0+", m => ref m.Generation)
        .NullableString("0+", m => ref m.Protocol, "0+")
        .NullableString("0+", m => ref m.Leader, "0+")
        .Int64("2+", m => ref m.CurrentStateTimestamp)
        .Array("0+", m => ref m.Members, Member.Layout);

    internal sealed class Member
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public string ClientId = "";
        public string ClientHost = "";
        public int RebalanceTimeout = -1;
        public int SessionTimeout;
        public ReadOnlyMemory<byte> Subscription;
        public ReadOnlyMemory<byte> Assignment;

        public static Layout<Member> Layout { get; } = new Layout<Member>()
            .String("0+", m => ref m.MemberId)
            .NullableString("3+", m => ref m.GroupInstanceId, "3+")
            .String("0+", m => ref m.ClientId)
            .String("0+", m => ref m.ClientHost)
            .Int32("1+", m => ref m.RebalanceTimeout)
            .Int32("0+", m => ref m.SessionTimeout)
            .Bytes("0+", m => ref m.Subscription)
            .Bytes("0+", m => ref m.Assignment);
    }
}
