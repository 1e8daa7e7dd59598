namespace AuditIntel.DevStack.Broker;

/// <summary>Settings of the topics in which the broker keeps its own state.</summary>
internal static class InternalTopics
{
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["cleanup.policy"] = "compact",
        ["segment.bytes"] = "16777216",
        ["max.message.bytes"] = "16777216",
    };
}
