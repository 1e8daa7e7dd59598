using System.Text.Json;

namespace AuditIntel.EndToEnd.Tests;

public sealed class BadInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task BrokenFiles_ShouldBeSetAside_AndTheRestStored()
    {
        await using var folder = new DataFolder();
        string input = Directory.CreateDirectory(Path.Combine(folder.Path, "input")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(input, "good.md"),
            "# Findings\n\n## High Risk\n\n### [H-01] Reentrancy in `withdraw`\n\nState changes after the call.\n\n### [H-02] No text\n\n## Spicy Risk\n\n### [M-01] A finding below a severity that nobody knows\n\nText.\n");
        await using (FileStream large = File.Create(Path.Combine(input, "large.md")))
        {
            large.SetLength(50L * 1024 * 1024);
        }

        await File.WriteAllBytesAsync(Path.Combine(input, "latin1.md"), [0x23, 0x20, 0xE9, 0x0A]);
        await File.WriteAllTextAsync(Path.Combine(input, "nested.md"), new string('>', 200_000) + " [H-01]\n");
        await File.WriteAllTextAsync(Path.Combine(input, "unclosed.md"), "# Findings\n\n## High Risk\n\n### [H-01] First\n\n```solidity\nfunction f() {\n\n### [H-02] Second\n\nText behind a fence that nobody closed.\n");
        await File.WriteAllBytesAsync(Path.Combine(input, "picture.png"), [1, 2, 3]);

        JsonElement summary = await ProgramRun.JsonAsync(Patience, "ingest", input, "--json", "--data-dir", folder.Path);
        Assert.Equal(4, summary.GetProperty("findings").GetProperty("stored").GetInt64());
        JsonElement reasons = summary.GetProperty("deadLettersByReason");
        Assert.Equal(1, reasons.GetProperty("file-too-large").GetInt64());
        Assert.Equal(1, reasons.GetProperty("invalid-utf8").GetInt64());
        Assert.Equal(1, reasons.GetProperty("missing-body").GetInt64());
        Assert.Equal(4, summary.GetProperty("deadLetters").GetInt64());
        Assert.Equal(1, summary.GetProperty("files").GetProperty("skipped").GetInt64());
        Assert.InRange(summary.GetProperty("peakMemoryMiB").GetDouble(), 1, 600);
    }
}
