using AuditIntel.Kafka;

namespace AuditIntel.Streaming;

/// <summary>What becomes of a record that failed.</summary>
public abstract record ErrorResponse
{
    private ErrorResponse()
    {
    }

    /// <summary>The instance stops with the exception. What the record has changed in stores so far is replayed after the restart.</summary>
    public static ErrorResponse Fail { get; } = new FailResponse();

    /// <summary>The record is passed over.</summary>
    public static ErrorResponse Continue { get; } = new ContinueResponse();

    /// <summary>The record is passed over, and this is written by the same producer before the record's offset is committed.</summary>
    public static ErrorResponse DeadLetter(string topic, byte[]? key, byte[]? value, IReadOnlyList<RecordHeader> headers) =>
        new DeadLetterResponse(topic, key, value, headers);

    internal sealed record FailResponse : ErrorResponse;

    internal sealed record ContinueResponse : ErrorResponse;

    internal sealed record DeadLetterResponse(string Topic, byte[]? Key, byte[]? Value, IReadOnlyList<RecordHeader> Headers) : ErrorResponse;
}
