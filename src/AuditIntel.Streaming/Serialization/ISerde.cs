using System.Buffers;

namespace AuditIntel.Streaming;

/// <summary>
/// Turns keys or values into bytes and back. Null values are tombstones and never reach a serde. One instance serves all tasks, so it must be safe for
/// several threads.
/// </summary>
public interface ISerde<T>
{
    void Serialize(string topic, T value, IBufferWriter<byte> output);

    /// <summary>Anything thrown here goes to the deserialisation error handler.</summary>
    T Deserialize(string topic, ReadOnlySpan<byte> data);
}
