namespace AuditIntel.Streaming.Runtime;

/// <summary>Names of changelog topics, as Kafka Streams has them.</summary>
internal static class Changelog
{
    public static string TopicOf(string applicationId, string store) => $"{applicationId}-{store}-changelog";
}
