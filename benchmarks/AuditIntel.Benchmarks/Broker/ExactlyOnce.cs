namespace AuditIntel.Benchmarks.Broker;

/// <summary>What both exactly-once loops share.</summary>
internal static class ExactlyOnce
{
    public static readonly TimeSpan CommitInterval = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
}
