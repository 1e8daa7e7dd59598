using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>Checks the source topics and creates the changelogs before anything runs.</summary>
internal static class InternalTopics
{
    public static async Task PrepareAsync(Topology topology, StreamsOptions options, CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(options.Kafka, options.OnWarning);
        Dictionary<string, int> partitions = (await admin.ListTopicsAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(topic => topic.Name, topic => topic.Partitions);
        var changelogs = new List<TopicSpec>();
        foreach (SubTopology part in topology.Parts)
        {
            int count = Partitions(part, partitions);
            foreach (StoreDefinition store in part.Stores.Where(store => store.HasChangelog))
            {
                changelogs.Add(new TopicSpec(Changelog.TopicOf(options.ApplicationId, store.Name), count, store.ChangelogConfig));
            }
        }

        await admin.EnsureTopicsAsync(changelogs, cancellationToken).ConfigureAwait(false);
    }

    private static int Partitions(SubTopology part, Dictionary<string, int> partitions)
    {
        string[] missing = [.. part.Sources.Select(source => source.Topic).Where(topic => !partitions.ContainsKey(topic))];
        if (missing.Length > 0)
        {
            throw new StreamsException($"Source topic {string.Join(", ", missing)} does not exist: create it before the topology starts.");
        }

        int[] counts = [.. part.Sources.Select(source => partitions[source.Topic]).Distinct()];
        return counts.Length == 1
            ? counts[0]
            : throw new StreamsException(
                "Topics that are joined must have the same number of partitions: "
                + string.Join(", ", part.Sources.Select(source => $"{source.Topic} has {partitions[source.Topic]}")) + ".");
    }
}
