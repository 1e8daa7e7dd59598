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

    /// <param name="topology">What runs.</param>
    /// <param name="partitions">Number of partitions of every source topic.</param>
    public TaskPlan(Topology topology, IReadOnlyDictionary<string, int> partitions)
    {
        _partitions = partitions;
        foreach (SubTopology part in topology.Parts)
        {
            _byLead.Add(part.Sources.Select(source => source.Topic).MaxBy(topic => partitions[topic])!, part);
        }
    }

    public IReadOnlyCollection<string> LeadTopics => _byLead.Keys;

    public int TaskCount => _byLead.Keys.Sum(topic => _partitions[topic]);

    public IEnumerable<TaskId> Tasks =>
        _byLead.SelectMany(lead => Enumerable.Range(0, _partitions[lead.Key]).Select(partition => new TaskId(lead.Value.Number, partition)));

    /// <summary>The task that a partition of a lead topic stands for.</summary>
    public TaskId TaskOf(PartitionId lead) => new(_byLead[lead.Topic].Number, lead.Partition);

    public SubTopology PartOf(TaskId task) => _byLead.Values.First(part => part.Number == task.SubTopology);

    /// <summary>The sources of a part that have a partition of the task's number.</summary>
    public IReadOnlyList<SourceDefinition> SourcesOf(TaskId task) => [.. PartOf(task).Sources.Where(source => task.Partition < _partitions[source.Topic])];

    public bool IsLead(string topic) => _byLead.ContainsKey(topic);
}
