using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells how far groups have consumed; where the client requires stable offsets, those under an open transaction are held back (KIP-447).</summary>
internal sealed class OffsetFetchApi(BrokerState broker) : ApiHandler<OffsetFetchRequest, OffsetFetchResponse>(ApiKey.OffsetFetch, 1, 8)
{
    protected override ValueTask<OffsetFetchResponse?> HandleAsync(
        OffsetFetchRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new OffsetFetchResponse();
        if (context.Version < 8)
        {
            foreach (var (topic, partitions) in Wanted(request.GroupId, request.Topics?.Select(t => (t.Name, t.PartitionIndexes))))
            {
                response.Topics.Add(new()
                {
                    Name = topic,
                    Partitions = [.. partitions.Select(p => Find(request.GroupId, topic, p, request.RequireStable)).Select(f =>
                        new OffsetFetchResponse.Partition
                        {
                            PartitionIndex = f.Partition,
                            CommittedOffset = f.Offset?.Offset ?? -1,
                            CommittedLeaderEpoch = f.Offset?.LeaderEpoch ?? -1,
                            Metadata = f.Offset?.Metadata ?? "",
                            ErrorCode = (short)f.Error,
                        })],
                });
            }

            return new(response);
        }

        foreach (var asked in request.Groups)
        {
            var answered = new OffsetFetchResponse.Group { GroupId = asked.GroupId };
            foreach (var (topic, partitions) in Wanted(asked.GroupId, asked.Topics?.Select(t => (t.Name, t.PartitionIndexes))))
            {
                answered.Topics.Add(new()
                {
                    Name = topic,
                    Partitions = [.. partitions.Select(p => Find(asked.GroupId, topic, p, request.RequireStable)).Select(f =>
                        new OffsetFetchResponse.OffsetFetchResponsePartitions
                        {
                            PartitionIndex = f.Partition,
                            CommittedOffset = f.Offset?.Offset ?? -1,
                            CommittedLeaderEpoch = f.Offset?.LeaderEpoch ?? -1,
                            Metadata = f.Offset?.Metadata ?? "",
                            ErrorCode = (short)f.Error,
                        })],
                });
            }

            response.Groups.Add(answered);
        }

        return new(response);
    }

    private IEnumerable<(string Topic, List<int> Partitions)> Wanted(string group, IEnumerable<(string Name, List<int> Partitions)>? asked) =>
        asked ?? (broker.Groups.Find(group)?.CommittedPartitions() ?? [])
            .GroupBy(p => p.Topic)
            .Select(g => (g.Key, g.Select(p => p.Partition).ToList()));

    private (int Partition, CommittedOffset? Offset, ErrorCode Error) Find(string group, string topic, int partition, bool requireStable)
    {
        var unstable = false;
        var offset = broker.Groups.Find(group)?.Committed(new(topic, partition), out unstable);
        return unstable && requireStable ? (partition, null, ErrorCode.UnstableOffsetCommit) : (partition, offset, ErrorCode.None);
    }
}
