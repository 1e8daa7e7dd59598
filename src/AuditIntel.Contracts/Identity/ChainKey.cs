using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>Record keys of what happens on a chain.</summary>
public static class ChainKey
{
    /// <summary>An account of a chain, such as <c>1/0xd8da...</c>.</summary>
    public static string Of(long chainId, string address) => string.Create(CultureInfo.InvariantCulture, $"{chainId}/{address}");

    /// <summary>A height of a chain, such as <c>1/17173049</c>.</summary>
    public static string Of(long chainId, long number) => string.Create(CultureInfo.InvariantCulture, $"{chainId}/{number}");
}
