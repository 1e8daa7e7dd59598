using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>The id of a transaction: the same transaction has the same id for ever, whichever node or file it comes from.</summary>
public static class TransactionId
{
    /// <param name="chainId">EIP-155 chain id.</param>
    /// <param name="hash">0x and 64 hex digits, lower case.</param>
    /// <returns>SHA-256 of both, 64 hex digits.</returns>
    public static string Of(long chainId, string hash) => Sha256Text.Of(chainId.ToString(CultureInfo.InvariantCulture), hash);
}
