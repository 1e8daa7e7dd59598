namespace AuditIntel.Kafka;

/// <summary>A topic of one producer.</summary>
public sealed class TopicHandle
{
    internal TopicHandle(string name, nint native)
    {
        Name = name;
        Native = native;
    }

    public string Name { get; }

    internal nint Native { get; }
}
