using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Observability;

/// <summary>What the broker logs: each event with an id and named fields, so that a log store can be searched by them.</summary>
internal static partial class BrokerEvents
{
    [LoggerMessage(1, LogLevel.Information, "Serving on {Address} from {DataDirectory}: {Topics} topics, {Partitions} partitions, ready in {Milliseconds} ms.")]
    public static partial void Started(this ILogger log, string address, string dataDirectory, int topics, int partitions, long milliseconds);

    [LoggerMessage(2, LogLevel.Information, "Stopped.")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(3, LogLevel.Warning, "{Sentence}")]
    public static partial void Repaired(this ILogger log, string sentence);

    [LoggerMessage(10, LogLevel.Warning, "The connection of {Client} was closed: {Reason}")]
    public static partial void ConnectionClosed(this ILogger log, string client, string reason);

    [LoggerMessage(11, LogLevel.Error, "The connection of {Client} was closed after an unexpected failure.")]
    public static partial void ConnectionFailed(this ILogger log, Exception exception, string client);

    [LoggerMessage(12, LogLevel.Warning, "A connection was refused: {Connections} are open already.")]
    public static partial void ConnectionRefused(this ILogger log, int connections);

    [LoggerMessage(13, LogLevel.Warning, "A connection could not be accepted: {Reason}")]
    public static partial void AcceptFailed(this ILogger log, string reason);

    [LoggerMessage(20, LogLevel.Information, "Topic {Topic} was created with {Partitions} partitions.")]
    public static partial void TopicCreated(this ILogger log, string topic, int partitions);

    [LoggerMessage(21, LogLevel.Information, "Topic {Topic} was deleted.")]
    public static partial void TopicDeleted(this ILogger log, string topic);

    [LoggerMessage(30, LogLevel.Information, "Group {Group} is in generation {Generation} with {Members} members.")]
    public static partial void GroupRebalanced(this ILogger log, string group, int generation, int members);

    [LoggerMessage(40, LogLevel.Warning, "The transaction of {TransactionalId} was aborted: it was open for longer than its {TimeoutMs} ms.")]
    public static partial void TransactionTimedOut(this ILogger log, string transactionalId, int timeoutMs);

    [LoggerMessage(50, LogLevel.Warning, "Background work on the logs failed and is tried again in {Interval}: {Reason}")]
    public static partial void BackgroundWorkFailed(this ILogger log, TimeSpan interval, string reason);
}
