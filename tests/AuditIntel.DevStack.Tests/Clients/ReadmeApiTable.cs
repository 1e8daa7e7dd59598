using System.Globalization;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>The table of APIs in the room's README, as written there.</summary>
internal static class ReadmeApiTable
{
    public static IReadOnlyList<Row> Read() =>
    [
        .. File.ReadLines(Path.Combine(ClientProcess.Root, "src", "AuditIntel.DevStack", "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && short.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
            .Select(cells => new Row((ApiKey)short.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], cells[3], cells[4]))
    ];

    internal sealed record Row(ApiKey Key, string Name, string Versions, string CoveredBy);
}
