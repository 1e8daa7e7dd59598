namespace AuditIntel.Cli.Tests.Architecture;

public sealed class SourceFileTests
{
    private const int LongestFile = 600;

    private static readonly string[] NamesThatSayNothing = ["Common", "Utils", "Helpers", "Core", "Shared", "Misc", "Models"];

    [Fact]
    public void SourceFile_ShouldStayShort() =>
        Assert.DoesNotContain(
            Repository.SourceFiles().Select(file => (File: Repository.Relative(file), Lines: File.ReadLines(file).Count())), file => file.Lines > LongestFile);

    [Fact]
    public void Folder_ShouldBeNamedAfterItsDomain() =>
        Assert.DoesNotContain(
            Repository.SourceFiles().Select(Repository.Relative),
            file => file.Split('/').SkipLast(1).Any(part => NamesThatSayNothing.Contains(part, StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void SourceFile_ShouldNotLeaveWorkBehind() =>
        Assert.Empty(Repository.SourceFiles()
            .Where(file => !file.EndsWith("SourceFileTests.cs", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Any(line =>
                line.Contains("TODO", StringComparison.Ordinal) || line.Contains("FIXME", StringComparison.Ordinal)
                || line.Contains("NotImplementedException", StringComparison.Ordinal)))
            .Select(Repository.Relative));
}
