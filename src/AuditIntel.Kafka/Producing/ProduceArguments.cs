using System.Runtime.InteropServices;
using System.Text;

namespace AuditIntel.Kafka;

/// <summary>
/// The argument list of rd_kafka_produceva, kept in native memory between records so that only what changes is written. Owned by the
/// producing thread.
/// </summary>
internal sealed unsafe class ProduceArguments : IDisposable
{
    public const int MostHeaders = 64;

    private const int Fixed = 7;

    private byte[] _headerBytes = [];

    public ProduceArguments(nint opaque)
    {
        Native = (NativeArgument*)NativeMemory.AllocZeroed(Fixed + MostHeaders, (nuint)sizeof(NativeArgument));
        Native[0].Type = NativeArgumentType.TopicHandle;
        Native[1].Type = NativeArgumentType.Partition;
        Native[2].Type = NativeArgumentType.MessageFlags;
        Native[2].Int32 = NativeMethods.CopyPayload;
        Native[3].Type = NativeArgumentType.Value;
        Native[4].Type = NativeArgumentType.Key;
        Native[5].Type = NativeArgumentType.Timestamp;
        Native[6].Type = NativeArgumentType.Opaque;
        Native[6].Pointer = opaque;
        for (int i = 0; i < MostHeaders; i++)
        {
            Native[Fixed + i].Type = NativeArgumentType.Header;
        }
    }

    public NativeArgument* Native { get; private set; }

    public void Set(nint topic, int partition, nint key, int keyLength, nint value, int valueLength, long timestampMs)
    {
        Native[0].Pointer = topic;
        Native[1].Int32 = partition;
        Native[3].Pointer = value;
        Native[3].Size = (nuint)valueLength;
        Native[4].Pointer = key;
        Native[4].Size = (nuint)keyLength;
        Native[5].Int64 = timestampMs;
    }

    /// <summary>Lays names (ended by a zero byte) and values of the headers behind each other.</summary>
    public ReadOnlySpan<byte> Encode(IReadOnlyList<RecordHeader>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return default;
        }

        if (headers.Count > MostHeaders)
        {
            throw new ArgumentException($"A record may carry {MostHeaders} headers, not {headers.Count}.", nameof(headers));
        }

        int size = 0;
        for (int i = 0; i < headers.Count; i++)
        {
            size += Encoding.UTF8.GetByteCount(headers[i].Name) + 1 + (headers[i].Value?.Length ?? 0);
        }

        if (_headerBytes.Length < size)
        {
            _headerBytes = new byte[Math.Max(size, 1024)];
        }

        int at = 0;
        for (int i = 0; i < headers.Count; i++)
        {
            at += Encoding.UTF8.GetBytes(headers[i].Name, _headerBytes.AsSpan(at));
            _headerBytes[at++] = 0;
            headers[i].Value.CopyTo(_headerBytes.AsSpan(at));
            at += headers[i].Value?.Length ?? 0;
        }

        return _headerBytes;
    }

    /// <summary>Points the arguments at what <see cref="Encode"/> laid down.</summary>
    /// <returns>Number of arguments in all.</returns>
    public int SetHeaders(IReadOnlyList<RecordHeader>? headers, byte* encoded)
    {
        if (encoded is null)
        {
            return Fixed;
        }

        for (int i = 0; i < headers!.Count; i++)
        {
            ref NativeArgument argument = ref Native[Fixed + i];
            argument.Pointer = (nint)encoded;
            encoded += Encoding.UTF8.GetByteCount(headers[i].Name) + 1;
            byte[]? value = headers[i].Value;
            argument.HeaderValue = value is null ? null : encoded;
            argument.HeaderSize = value?.Length ?? -1;
            encoded += value?.Length ?? 0;
        }

        return Fixed + headers.Count;
    }

    public void Dispose()
    {
        NativeMemory.Free(Native);
        Native = null;
    }
}
