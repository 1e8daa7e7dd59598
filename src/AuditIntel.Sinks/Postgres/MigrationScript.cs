using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AuditIntel.Sinks.Postgres;

/// <summary>One migration file, V0001__name.sql.</summary>
/// <param name="Version">1 and up, without gaps.</param>
/// <param name="Name">What stands after the two underscores.</param>
/// <param name="Sql">The statements, run in one transaction.</param>
/// <param name="Checksum">SHA-256 (64 hex digits) of the text with LF line ends, so that a checkout's line ends do not matter.</param>
internal sealed partial record MigrationScript(int Version, string Name, string Sql, string Checksum)
{
    /// <summary>The migrations that this program brings, in order.</summary>
    public static IReadOnlyList<MigrationScript> Embedded() =>
        InOrder(SqlResource.List("Migrations").Select(resource => Parse(resource["Migrations/".Length..], SqlResource.Read(resource))));

    public static MigrationScript Parse(string fileName, string text)
    {
        var match = FileName().Match(fileName);
        if (!match.Success)
        {
            throw new MigrationException($"Migration file '{fileName}' is not named V0001__what_it_does.sql: rename it.");
        }

        var normalised = text.ReplaceLineEndings("\n");
        return new MigrationScript(
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups[2].Value,
            normalised,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised))));
    }

    public static IReadOnlyList<MigrationScript> InOrder(IEnumerable<MigrationScript> scripts)
    {
        var ordered = scripts.OrderBy(s => s.Version).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            if (ordered[i].Version != i + 1)
            {
                throw new MigrationException(
                    $"Migration number {i + 1} is missing or double (found V{ordered[i].Version:D4}__{ordered[i].Name}): number the files 1, 2, 3, ...");
            }
        }

        return ordered;
    }

    [GeneratedRegex(@"^V(\d{4})__([a-z0-9_]+)\.sql$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
