namespace AuditIntel.Kafka.Tests;

/// <summary>A cluster for the tests of one class.</summary>
public abstract class ClusterFixture : IAsyncLifetime
{
    internal abstract KafkaOptions Kafka { get; }

    /// <summary>Whether a member may commit what is being taken from it.</summary>
    internal virtual bool CommitsWhileRebalancing => true;

    /// <summary>Creates a topic of a name of its own.</summary>
    internal abstract Task<string> TopicAsync(int partitions = 1);

    /// <summary>Takes the brokers away, without a word to the clients.</summary>
    internal abstract Task StopAsync();

    /// <summary>Brings them back at the same address with what they held.</summary>
    internal abstract Task StartAsync();

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    internal static string NewName() => "t-" + Guid.NewGuid().ToString("N");
}
