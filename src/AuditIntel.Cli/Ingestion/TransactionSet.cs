using System.Globalization;
using AuditIntel.Contracts;

namespace AuditIntel.Cli.Ingestion;

/// <summary>The transactions of a run, each once: 40 bytes each, since a run may have hundreds of thousands.</summary>
internal sealed class TransactionSet
{
    private const int HalfDigits = 32;

    private readonly HashSet<(long ChainId, UInt128 High, UInt128 Low)> _hashes = [];

    public int Count => _hashes.Count;

    public void Add(ChainTransaction transaction)
    {
        ReadOnlySpan<char> digits = transaction.Hash.AsSpan(2);
        _hashes.Add((transaction.ChainId, Half(digits[..HalfDigits]), Half(digits[HalfDigits..])));
    }

    /// <summary>Chain and 32 bytes of each.</summary>
    public IEnumerable<(long ChainId, byte[] Hash)> All()
    {
        foreach ((long chainId, UInt128 high, UInt128 low) in _hashes)
        {
            byte[] hash = new byte[32];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(hash, high);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(hash.AsSpan(16), low);
            yield return (chainId, hash);
        }
    }

    private static UInt128 Half(ReadOnlySpan<char> digits) => UInt128.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
