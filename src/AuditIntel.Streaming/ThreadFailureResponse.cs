namespace AuditIntel.Streaming;

/// <summary>What becomes of an instance when one of its stream threads has failed.</summary>
public enum ThreadFailureResponse
{
    /// <summary>The instance stops, and <see cref="KafkaStreams.Completion"/> faults with the cause.</summary>
    StopInstance,

    /// <summary>A new thread takes the place of the failed one and begins at the last commit.</summary>
    ReplaceThread,
}
