namespace AuditIntel.Streaming.Graph;

/// <summary>A topic that the topology writes and reads itself, so that records of one key come together.</summary>
/// <param name="Name">Name without the application id, ending in <c>-repartition</c>.</param>
/// <param name="Partitions">Wanted number of partitions; null for as many as the topics that flow into it have.</param>
internal sealed record RepartitionTopic(string Name, int? Partitions)
{
    private const string Suffix = "-repartition";

    public static string NameOf(string prefix) => prefix.EndsWith(Suffix, StringComparison.Ordinal) ? prefix : prefix + Suffix;

    public static string FullName(string applicationId, string name) => $"{applicationId}-{name}";

    public string FullName(string applicationId) => FullName(applicationId, Name);
}
