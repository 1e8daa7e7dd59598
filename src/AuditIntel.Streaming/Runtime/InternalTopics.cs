using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>Checks the source topics and creates repartition topics and changelogs before anything runs.</summary>
internal static class InternalTopics
{
    /// <summary>Records stay until they are processed: nothing is deleted by time.</summary>
    private static readonly Dictionary<string, string> RepartitionConfig = new()
    {
        ["cleanup.policy"] = "delete",
        ["retention.ms"] = "-1",
    };

    /// <returns>Number of partitions of every source topic, internal ones included.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> PrepareAsync(Topology topology, StreamsOptions options, CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(options.Kafka, options.OnWarning);
        Dictionary<string, int> partitions = (await admin.ListTopicsAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(topic => topic.Name, topic => topic.Partitions);
        Dictionary<string, int> counts = PartitionPlan.Of(topology, options.ApplicationId, partitions);
        List<TopicSpec> wanted = [.. topology.RepartitionTopics.Select(topic => Repartition(topic.FullName(options.ApplicationId), counts))];
        foreach (SubTopology part in topology.Parts)
        {
            int count = part.TopicsFor(options.ApplicationId).Max(topic => counts[topic]);
            foreach (StoreDefinition store in part.Stores.Where(store => store.HasChangelog))
            {
                wanted.Add(new TopicSpec(Changelog.TopicOf(options.ApplicationId, store.Name), count, store.ChangelogConfig));
            }
        }

        await admin.EnsureTopicsAsync(wanted, cancellationToken).ConfigureAwait(false);
        return counts;
    }

    private static TopicSpec Repartition(string name, Dictionary<string, int> counts) => new(name, counts[name], RepartitionConfig);
}
