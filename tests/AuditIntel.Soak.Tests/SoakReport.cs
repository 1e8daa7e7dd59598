using System.Globalization;

namespace AuditIntel.Soak.Tests;

/// <summary>What a long check did, as a text file in artifacts/soak.</summary>
internal sealed class SoakReport(string name)
{
    private readonly List<string> _lines = [];

    public void Add(FormattableString line) => _lines.Add(FormattableString.Invariant(line));

    /// <summary>Median and greatest of some durations.</summary>
    public void Add(string what, IEnumerable<TimeSpan> durations)
    {
        TimeSpan[] sorted = [.. durations.Order()];
        Add($"{what}: median {sorted[sorted.Length / 2].TotalMilliseconds:0} ms, longest {sorted[^1].TotalMilliseconds:0} ms, {sorted.Length} times");
    }

    /// <returns>The file.</returns>
    public string Save()
    {
        string folder = Path.Combine(Root(), "artifacts", "soak");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name + ".txt");
        string when = DateTimeOffset.UtcNow.ToString("u", CultureInfo.InvariantCulture);
        File.WriteAllLines(path, [$"{name}, {when}, {Environment.ProcessorCount} processors", .. _lines]);
        return path;
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AuditIntel.Streams.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("AuditIntel.Streams.sln is in no folder above the tests.");
    }
}
