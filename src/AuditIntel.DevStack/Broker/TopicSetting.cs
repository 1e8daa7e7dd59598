namespace AuditIntel.DevStack.Broker;

/// <summary>A setting of a topic with its default, its type code of DescribeConfigs, and its source.</summary>
internal readonly record struct TopicSetting(string Name, string Value, string Default, sbyte Type, ConfigSource Source);

/// <summary>Source codes of DescribeConfigs.</summary>
internal enum ConfigSource
{
    Topic = 1,
    Broker = 4,
    Default = 5,
}
