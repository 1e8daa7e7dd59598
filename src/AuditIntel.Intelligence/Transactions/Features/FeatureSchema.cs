using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.Intelligence.Transactions.Features;

/// <summary>
/// The features of a transaction in their order, and the hash that an artefact carries: a model only scores vectors of the schema that it was
/// trained on. Raise <see cref="Revision"/> when a feature is computed otherwise under the same name.
/// </summary>
public static class FeatureSchema
{
    private const int Revision = 1;

    internal static readonly int SenderOffset = TransactionFeatures.Definitions.Length;
    internal static readonly int ReceiverOffset = SenderOffset + AccountFeatures.Count;
    internal static readonly int PairOffset = ReceiverOffset + AccountFeatures.Count;

    /// <value>All features; the index of a definition is its place in the vector.</value>
    public static ImmutableArray<FeatureDefinition> Features { get; } =
    [
        .. TransactionFeatures.Definitions,
        .. AccountFeatures.Definitions("sender"),
        .. AccountFeatures.Definitions("receiver"),
        .. PairFeatures.Definitions,
    ];

    /// <value>Numbers in a vector.</value>
    public static int Count => Features.Length;

    /// <value>SHA-256 of the revision, the names and the units, lower-case hexadecimal.</value>
    public static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Revision}\n{string.Join('\n', Features.Select(feature => $"{feature.Name}\t{feature.Unit}"))}")));

    /// <exception cref="ArgumentException">There is no such feature.</exception>
    public static int IndexOf(string name)
    {
        for (int i = 0; i < Features.Length; i++)
        {
            if (Features[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"There is no feature '{name}'.", nameof(name));
    }
}
