using System.Globalization;

namespace AuditIntel.Collectors.Chain;

/// <summary>What dead letters and cursors call a chain.</summary>
public static class ChainPlatform
{
    /// <returns><c>chain/1</c> for Ethereum mainnet.</returns>
    public static string Of(long chainId) => string.Create(CultureInfo.InvariantCulture, $"chain/{chainId}");
}
