namespace AuditIntel.Streaming.Graph;

/// <summary>How many partitions the repartition topics get, and whether topics that are joined agree.</summary>
internal static class PartitionPlan
{
    /// <param name="topology">What is to run.</param>
    /// <param name="applicationId">Prefix of internal topics.</param>
    /// <param name="existing">Partitions of the topics that the broker has.</param>
    /// <returns>Partitions of every source topic, internal ones included, by full name.</returns>
    /// <exception cref="StreamsException">A source topic is missing, or topics that are joined differ.</exception>
    public static Dictionary<string, int> Of(Topology topology, string applicationId, IReadOnlyDictionary<string, int> existing)
    {
        var counts = new Dictionary<string, int>();
        SourceDefinition[] sources = [.. topology.Parts.SelectMany(part => part.Sources)];
        string[] outer = [.. sources.Where(source => !source.IsInternal).SelectMany(source => source.Topics), .. topology.GlobalStores.Select(global => global.Topic)];
        string[] missing = [.. outer.Where(topic => !existing.ContainsKey(topic))];
        if (missing.Length > 0)
        {
            throw new StreamsException($"Source topic {string.Join(", ", missing)} does not exist: create it before the topology starts.");
        }

        foreach (string topic in outer)
        {
            counts[topic] = existing[topic];
        }

        Derive(topology, applicationId, counts);
        foreach (IReadOnlyList<SourceDefinition> group in topology.Parts.SelectMany(part => part.CoPartitioned))
        {
            Agree(topology, applicationId, group, counts);
        }

        return counts;
    }

    private static void Derive(Topology topology, string applicationId, Dictionary<string, int> counts)
    {
        List<RepartitionTopic> open = [.. topology.RepartitionTopics];
        while (open.Count > 0)
        {
            int before = open.Count;
            open.RemoveAll(topic =>
            {
                int? count = topic.Partitions
                    ?? Joined(topology, applicationId, topic, counts)
                    ?? Inflow(topology, applicationId, topic, counts);
                if (count is { } known)
                {
                    counts[topic.FullName(applicationId)] = known;
                }

                return count is not null;
            });
            if (open.Count == before)
            {
                throw new StreamsException(
                    $"The number of partitions of {string.Join(", ", open.Select(topic => topic.Name))} depends on itself: give it in Repartitioned.");
            }
        }
    }

    /// <summary>As many as a topic of others has that it is joined with; null where there is none.</summary>
    private static int? Joined(Topology topology, string applicationId, RepartitionTopic topic, Dictionary<string, int> counts)
    {
        string[] given =
        [
            .. topology.Parts.SelectMany(part => part.CoPartitioned)
                .Where(group => group.Any(source => source.IsInternal && source.Topics.Contains(topic.Name)))
                .SelectMany(group => group)
                .Where(source => !source.IsInternal)
                .SelectMany(source => source.TopicsFor(applicationId)),
        ];
        return given.Length > 0 ? counts[given[0]] : null;
    }

    /// <summary>As many as the widest topic of the parts that write it; null while one of those is unknown.</summary>
    private static int? Inflow(Topology topology, string applicationId, RepartitionTopic topic, Dictionary<string, int> counts)
    {
        string[] inflow =
        [
            .. topology.Parts.Where(part => part.InternalSinks.Contains(topic.Name)).SelectMany(part => part.TopicsFor(applicationId)),
        ];
        return inflow.All(counts.ContainsKey) ? inflow.Max(name => counts[name]) : null;
    }

    /// <summary>Topics of a join: repartition topics without a number of their own follow the others, or the widest of them.</summary>
    private static void Agree(Topology topology, string applicationId, IReadOnlyList<SourceDefinition> group, Dictionary<string, int> counts)
    {
        string[] topics = [.. group.SelectMany(source => source.TopicsFor(applicationId)).Distinct()];
        HashSet<string> flexible =
        [
            .. topology.RepartitionTopics.Where(topic => topic.Partitions is null).Select(topic => topic.FullName(applicationId)).Where(topics.Contains),
        ];
        string[] given = [.. topics.Where(topic => !flexible.Contains(topic))];
        if (given.Select(topic => counts[topic]).Distinct().Count() > 1)
        {
            throw new StreamsException(
                "Topics that are joined must have the same number of partitions: "
                + string.Join(", ", given.Select(topic => $"{topic} has {counts[topic]}")) + ".");
        }

        int count = given.Length > 0 ? counts[given[0]] : topics.Max(topic => counts[topic]);
        foreach (string topic in flexible)
        {
            counts[topic] = count;
        }
    }
}
