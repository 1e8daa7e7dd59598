using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>One string for each of librdkafka's topic objects, so that no record costs one.</summary>
internal sealed class TopicNames
{
    private readonly Dictionary<nint, string> _names = [];
    private nint _lastTopic;
    private string _lastName = "";

    public string Of(nint topic)
    {
        if (topic == _lastTopic)
        {
            return _lastName;
        }

        if (!_names.TryGetValue(topic, out string? name))
        {
            name = string.Intern(Marshal.PtrToStringUTF8(NativeMethods.rd_kafka_topic_name(topic)) ?? "");
            _names.Add(topic, name);
        }

        _lastTopic = topic;
        _lastName = name;
        return name;
    }

    /// <summary>An unassigned topic's object may be freed and its address taken by another.</summary>
    public void Forget()
    {
        _names.Clear();
        _lastTopic = 0;
    }
}
