using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.Contracts;

/// <summary>SHA-256 over several pieces of text that cannot run into each other.</summary>
internal static class Sha256Text
{
    private const int MostOnStack = 512;

    /// <summary>Each part's UTF-8 bytes, preceded by their number as four bytes with the big end first; 64 hex digits in lower case.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        int most = 0;
        foreach (string part in parts)
        {
            most += sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        byte[]? rented = most > MostOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> text = rented ?? stackalloc byte[MostOnStack];
        int length = 0;
        foreach (string part in parts)
        {
            int size = Encoding.UTF8.GetBytes(part, text[(length + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(text[length..], size);
            length += sizeof(int) + size;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], digest);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return Convert.ToHexStringLower(digest);
    }

    public static void Append(IncrementalHash hash, string part)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(part.Length));
        int length = Encoding.UTF8.GetBytes(part, buffer);
        Append(hash, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> size = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(size, part.Length);
        hash.AppendData(size);
        hash.AppendData(part);
    }

    public static string Hex(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }
}
