using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>The id of an anomaly: judging the same thing again gives the same id.</summary>
public static class AnomalyId
{
    /// <param name="kind">What was judged, such as <c>transaction</c>.</param>
    /// <param name="chainId">EIP-155 chain id.</param>
    /// <param name="hash">Transaction hash, 0x and 64 hex digits, lower case.</param>
    /// <returns>SHA-256 of the three, 64 hex digits.</returns>
    public static string Of(string kind, long chainId, string hash) => Sha256Text.Of(kind, chainId.ToString(CultureInfo.InvariantCulture), hash);
}
