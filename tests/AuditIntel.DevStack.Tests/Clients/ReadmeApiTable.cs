using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>The table of APIs in the room's README, as written there.</summary>
internal static class ReadmeApiTable
{
    /// <summary>The name under which the table tells that tests send frames built from the message tables.</summary>
    public const string RawFrames = "raw frames";

    public static IReadOnlyList<Row> Read() =>
    [
        .. File.ReadLines(Path.Combine(ClientProcess.Root, "src", "AuditIntel.DevStack", "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && short.TryParse(cells[1], out _))
            .Select(cells => new Row(
                (ApiKey)short.Parse(cells[1], null), cells[2], cells[3], cells[4].Split(',', StringSplitOptions.TrimEntries)))
    ];

    internal sealed record Row(ApiKey Key, string Name, string Versions, string[] CoveredBy);
}
