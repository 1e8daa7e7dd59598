namespace AuditIntel.DevStack.Broker;

/// <summary>Kafka's rule for topic names.</summary>
internal static class TopicName
{
    public const string Rule = "A topic name has 1 to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-', and is not '.' or '..'.";

    public const string Offsets = "__consumer_offsets";

    public const string Transactions = "__transaction_state";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 249 && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    public static bool IsInternal(string name) => name is Offsets or Transactions;
}
