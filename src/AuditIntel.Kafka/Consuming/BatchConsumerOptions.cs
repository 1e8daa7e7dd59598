using System.Globalization;

namespace AuditIntel.Kafka;

/// <summary>Settings of a <see cref="BatchConsumer"/>.</summary>
public sealed record BatchConsumerOptions
{
    /// <summary>Group for assignment and commits; null for a consumer that assigns its partitions itself and commits nothing.</summary>
    public string? GroupId { get; init; }

    /// <summary>Static membership (KIP-345); null for dynamic.</summary>
    public string? GroupInstanceId { get; init; }

    /// <summary>Where to start without a committed offset: the beginning, or else the end.</summary>
    public bool FromBeginning { get; init; } = true;

    /// <summary>Hide records of open and aborted transactions.</summary>
    public bool ReadCommitted { get; init; } = true;

    /// <summary>
    /// Cooperative rebalancing (KIP-429) moves only what must move. Topologies that join topics need partitions of one number together: they
    /// take range assignment, which rebalances eagerly.
    /// </summary>
    public bool Cooperative { get; init; }

    /// <summary>Most records that one poll returns. Range 1 to 100 000.</summary>
    public int MaxBatchRecords { get; init; } = 4096;

    /// <summary>Most bytes that are fetched ahead, in KiB. The library's count limit is raised, so this one holds.</summary>
    public int PrefetchKilobytes { get; init; } = 64 * 1024;

    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time between two polls before the group takes the partitions away.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest wait for a broker's answer to one request, commits and questions of offsets above all. Range 1 second to 5 minutes.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the group's coordinator when the consumer is disposed.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (GroupId is not null && string.IsNullOrWhiteSpace(GroupId))
        {
            yield return "GroupId is blank; leave it null for a consumer without a group.";
        }

        if (MaxBatchRecords is < 1 or > 100_000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"MaxBatchRecords {MaxBatchRecords} is not within 1 to 100000.");
        }

        if (PrefetchKilobytes < 64)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"PrefetchKilobytes {PrefetchKilobytes} is below 64.");
        }

        if (RequestTimeout < TimeSpan.FromSeconds(1) || RequestTimeout > TimeSpan.FromMinutes(5))
        {
            yield return "RequestTimeout is not within 1 second to 5 minutes.";
        }

        if (CloseTimeout < TimeSpan.Zero || CloseTimeout > TimeSpan.FromHours(1))
        {
            yield return "CloseTimeout is not within 0 to 1 hour.";
        }

        if (MaxPollInterval < SessionTimeout)
        {
            yield return "MaxPollInterval is below SessionTimeout.";
        }
    }
}
