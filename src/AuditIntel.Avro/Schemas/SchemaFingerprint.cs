using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>Fingerprints of schemas over their Parsing Canonical Form ("Schema Fingerprints" in the specification).</summary>
public static class SchemaFingerprint
{
    private const ulong Empty = 0xc15d213aa4d7a795;

    private static readonly ulong[] Table = MakeTable();

    /// <summary>CRC-64-AVRO (Rabin).</summary>
    public static ulong Crc64(AvroSchema schema) => Crc64(Encoding.UTF8.GetBytes(CanonicalForm.Of(schema)));

    /// <summary>MD5, 16 bytes.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The specification names MD5 as a fingerprint; nothing is protected by it.")]
    public static byte[] Md5(AvroSchema schema) => MD5.HashData(Encoding.UTF8.GetBytes(CanonicalForm.Of(schema)));

    /// <summary>SHA-256, 32 bytes.</summary>
    public static byte[] Sha256(AvroSchema schema) => SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalForm.Of(schema)));

    internal static ulong Crc64(ReadOnlySpan<byte> data)
    {
        ulong fingerprint = Empty;
        foreach (byte b in data)
        {
            fingerprint = (fingerprint >> 8) ^ Table[(byte)(fingerprint ^ b)];
        }

        return fingerprint;
    }

    private static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (int i = 0; i < table.Length; i++)
        {
            ulong entry = (ulong)i;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry >> 1) ^ (Empty & (ulong)-(long)(entry & 1));
            }

            table[i] = entry;
        }

        return table;
    }
}
