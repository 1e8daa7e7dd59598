using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>
/// The part of a consumer's subscription that the broker looks at (ConsumerProtocolSubscription.json of Apache Kafka): version, then topic names.
/// </summary>
internal static class ConsumerSubscription
{
    public const string ProtocolType = "consumer";

    /// <returns>False when the metadata is not a subscription.</returns>
    public static bool TryAddTopics(byte[] metadata, HashSet<string> topics)
    {
        try
        {
            var reader = new WireReader(metadata);
            _ = reader.ReadInt16();
            for (var left = reader.ReadCount(compact: false); left > 0; left--)
            {
                topics.Add(reader.ReadText(reader.ReadLength(compact: false, wide: false)));
            }

            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}
