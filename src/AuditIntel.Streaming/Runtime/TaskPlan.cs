using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// How tasks follow from partitions. The group shares out the partitions of one topic of each part, its lead topic; the partitions of the part's other
/// topics with the same number follow. So tasks move as wholes under any assignor, the cooperative one included.
/// </summary>
internal sealed class TaskPlan
{
    private readonly IReadOnlyDictionary<string, int> _partitions;
    private readonly Dictionary<string, SubTopology> _byLead = [];
    private readonly Dictionary<int, IReadOnlyList<string>> _topics = [];

    /// <param name="topology">What runs.</param>
    /// <param name="applicationId">Prefix of the internal topics.</param>
    /// <param name="partitions">Number of partitions of every source topic, internal ones included.</param>
    public TaskPlan(Topology topology, string applicationId, IReadOnlyDictionary<string, int> partitions)
    {
        _partitions = partitions;
        foreach (SubTopology part in topology.Parts)
        {
            IReadOnlyList<string> topics = part.TopicsFor(applicationId);
            _topics.Add(part.Number, topics);
            _byLead.Add(topics.MaxBy(topic => partitions[topic])!, part);
        }
    }

    public IReadOnlyCollection<string> LeadTopics => _byLead.Keys;

    public IEnumerable<TaskId> Tasks =>
        _byLead.SelectMany(lead => Enumerable.Range(0, _partitions[lead.Key]).Select(partition => new TaskId(lead.Value.Number, partition)));

    /// <summary>The task that a partition of a lead topic stands for.</summary>
    public TaskId TaskOf(PartitionId lead) => new(_byLead[lead.Topic].Number, lead.Partition);

    public SubTopology PartOf(TaskId task) => _byLead.Values.First(part => part.Number == task.SubTopology);

    /// <summary>The source topics of a part that have a partition of the task's number.</summary>
    public IReadOnlyList<string> TopicsOf(TaskId task) => [.. _topics[task.SubTopology].Where(topic => task.Partition < _partitions[topic])];

    public bool IsLead(string topic) => _byLead.ContainsKey(topic);
}
