using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Tells values apart by their bytes. It keeps a buffer: each node has its own.</summary>
internal sealed class Fingerprint<TValue>(ISerde<TValue> serde)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    /// <returns>The first 16 bytes of the SHA-256 of the serialized value.</returns>
    public UInt128 Of(TValue value)
    {
        _bytes.ResetWrittenCount();
        serde.Serialize("", value, _bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
