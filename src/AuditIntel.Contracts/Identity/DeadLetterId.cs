using System.Security.Cryptography;

namespace AuditIntel.Contracts;

/// <summary>The id of a dead letter: reading the same broken piece again gives the same id.</summary>
public static class DeadLetterId
{
    /// <param name="origin">
    /// Where it came from, as stable as can be had: file and place in it for what a collector refused; for a record, the finding that it
    /// names, or else topic, partition and offset.
    /// </param>
    /// <param name="errorClass">Why it was refused.</param>
    /// <param name="payload">The bytes that were refused; empty when they are not kept.</param>
    /// <returns>SHA-256, 64 hex digits.</returns>
    public static string Of(string origin, string errorClass, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Sha256Text.Append(hash, origin);
        Sha256Text.Append(hash, errorClass);
        Sha256Text.Append(hash, payload);
        return Sha256Text.Hex(hash);
    }
}
