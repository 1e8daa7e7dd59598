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
        var wanted = request.Topics?.SelectMany(t => t.Partitions.Select(p => (t.Topic, p))).ToHashSet();
        var result = new DescribeLogDirsResponse.Result { LogDir = Path.GetFullPath(broker.Options.DataDirectory) };
        var drive = new DriveInfo(result.LogDir);
        result.TotalBytes = drive.TotalSize;
        result.UsableBytes = drive.AvailableFreeSpace;
        foreach (var topic in broker.Catalog.All)
        {
            var partitions = topic.Partitions.Where(p => wanted is null || wanted.Contains((topic.Name, p.Index))).ToList();
            if (partitions.Count > 0)
            {
                result.Topics.Add(new()
                {
                    Name = topic.Name,
                    Partitions = [.. partitions.Select(p => new DescribeLogDirsResponse.Partition { PartitionIndex = p.Index, PartitionSize = p.Log.SizeBytes })],
                });
            }
        }

        return new(new DescribeLogDirsResponse { Results = [result] });
    }
}
