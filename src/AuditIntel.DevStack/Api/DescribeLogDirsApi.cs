using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells the sizes of partitions on disk.</summary>
internal sealed class DescribeLogDirsApi(BrokerState broker) : ApiHandler<DescribeLogDirsRequest, DescribeLogDirsResponse>(ApiKey.DescribeLogDirs, 0, 4)
{
    protected override ValueTask<DescribeLogDirsResponse?> HandleAsync(
        DescribeLogDirsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var wanted = request.Topics?.ToDictionary(t => t.Topic, t => t.Partitions);
        var result = new DescribeLogDirsResponse.Result { LogDir = Path.GetFullPath(broker.Options.DataDirectory) };
        var drive = new DriveInfo(result.LogDir);
        result.TotalBytes = drive.TotalSize;
        result.UsableBytes = drive.AvailableFreeSpace;
        foreach (var topic in broker.Catalog.All)
        {
            List<int>? partitions = null;
            if (wanted is not null && !wanted.TryGetValue(topic.Name, out partitions))
            {
                continue;
            }

            result.Topics.Add(new()
            {
                Name = topic.Name,
                Partitions = [.. topic.Partitions.Where(p => partitions is null || partitions.Contains(p.Index)).Select(p => new DescribeLogDirsResponse.Partition
                {
                    PartitionIndex = p.Index,
                    PartitionSize = p.Log.SizeBytes,
                })],
            });
        }

        return new(new DescribeLogDirsResponse { Results = [result] });
    }
}
