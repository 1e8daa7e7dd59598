using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using StackExchange.Redis;

namespace AuditIntel.Sinks.Redis;

/// <summary>The keys of findings. Every write sets what the record says and adds to sets, so writing a record again changes nothing.</summary>
internal sealed class FindingsCache(SchemaRegistryClient registry, TimeSpan? timeToLive) : ICacheContent
{
    private readonly ConfluentAvroDeserializer<Finding> _deserializer = new(registry);
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<string> TopicNames { get; } = [Topics.Findings.Name];

    public int Count => _findings.Count;

    public static RedisKey FindingKey(string id) => "finding:" + id;

    public static RedisKey ContestKeyOf(string platform, string contest) => $"contest:{platform}/{contest}";

    /// <summary>Ids of a contest's findings of one severity; its cardinality is the counter.</summary>
    public static RedisKey SeverityKey(string platform, string contest, Severity severity) =>
        $"contest:{platform}/{contest}:{FindingRows.Label(severity)}";

    public bool Take(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isTombstone)
    {
        if (isTombstone || _deserializer.Deserialize(value) is var finding && FindingRules.Fault(finding) is not null)
        {
            return false;
        }

        _findings.Add(finding);
        return true;
    }

    public void Send(IBatch batch, List<Task> answers)
    {
        foreach (var finding in _findings)
        {
            Add(batch, finding, answers);
        }
    }

    public void Clear() => _findings.Clear();

    private void Add(IBatch batch, Finding finding, List<Task> answers)
    {
        var key = FindingKey(finding.Id);
        answers.Add(batch.HashSetAsync(
            key,
            [
                new("title", finding.Title),
                new("severity", FindingRows.Label(finding.Severity)),
                new("type", finding.VulnerabilityType),
                new("platform", finding.Platform),
                new("contest", finding.Contest),
                new("url", finding.Url ?? ""),
            ]));
        if (timeToLive is { } life)
        {
            answers.Add(batch.KeyExpireAsync(key, life));
        }

        answers.Add(batch.SetAddAsync(ContestKeyOf(finding.Platform, finding.Contest), finding.Id));
        for (var severity = Severity.Unknown; severity <= Severity.Critical; severity++)
        {
            // A finding whose severity changed leaves the set of the old one.
            var set = SeverityKey(finding.Platform, finding.Contest, severity);
            answers.Add(severity == finding.Severity ? batch.SetAddAsync(set, finding.Id) : batch.SetRemoveAsync(set, finding.Id));
        }
    }
}
