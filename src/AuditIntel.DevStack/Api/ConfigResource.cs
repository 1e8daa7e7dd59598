using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Api;

/// <summary>What both ways of changing settings share.</summary>
internal static class ConfigResource
{
    public const sbyte Topic = 2;
    public const sbyte Broker = 4;

    public static (ErrorCode Error, string? Message) Alter(
        BrokerState broker,
        sbyte type,
        string name,
        Func<IReadOnlyDictionary<string, string>, Dictionary<string, string>> change,
        bool validateOnly)
    {
        if (type != Topic)
        {
            return (ErrorCode.InvalidRequest, "Only the settings of topics can be changed; those of the broker are given when it starts.");
        }

        if (broker.Catalog.Find(name) is not { } topic)
        {
            return (ErrorCode.UnknownTopicOrPartition, null);
        }

        var settings = change(topic.Settings);
        foreach (var (key, value) in settings)
        {
            if (TopicConfig.Problem(key, value) is { } problem)
            {
                return (ErrorCode.InvalidConfig, problem);
            }
        }

        if (!validateOnly)
        {
            try
            {
                broker.Catalog.Configure(topic, settings);
            }
            catch (IOException e)
            {
                return (ErrorCode.KafkaStorageError, e.Message);
            }
        }

        return (ErrorCode.None, null);
    }
}
