using Xunit.Abstractions;

namespace AuditIntel.Collectors.Tests;

/// <summary>Counts on the real reports: what the platforms published must arrive, or be set aside with a reason.</summary>
public sealed class RealDataTests(ITestOutputHelper output)
{
    [Fact]
    public void Code4renaReports_ShouldGiveEveryHeading()
    {
        if (Collect("findings", "code4rena") is not { } items)
        {
            return;
        }

        Contracts.RawFinding[] findings = [.. items.OfType<Collected.OfFinding>().Select(item => item.Finding)];
        output.WriteLine(string.Join(", ", findings.GroupBy(finding => finding.SeverityLabel).Select(group => $"{group.Key} {group.Count()}")));
        Assert.InRange(findings.Length, 1445, 1500);
        Assert.Equal(findings.Length, findings.Select(finding => (finding.Contest, finding.NativeId)).Distinct().Count());
        Assert.InRange(items.OfType<Collected.OfDeadLetter>().Count(), 0, 14);
    }

    [Fact]
    public void SherlockSubmissions_ShouldAllArrive()
    {
        if (Collect("findings", "sherlock") is not { } items)
        {
            return;
        }

        Contracts.RawFinding[] findings = [.. items.OfType<Collected.OfFinding>().Select(item => item.Finding)];
        int refused = items.OfType<Collected.OfDeadLetter>().Count();
        foreach (Collected.OfDeadLetter letter in items.OfType<Collected.OfDeadLetter>())
        {
            output.WriteLine(letter.Letter.ErrorMessage);
        }

        output.WriteLine(string.Join(", ", findings.GroupBy(finding => finding.SeverityLabel).OrderByDescending(group => group.Count()).Take(20).Select(group => $"{group.Key} {group.Count()}")));
        Assert.Equal(2848, findings.Length + refused);
        Assert.InRange(refused, 0, 28);
        Assert.Equal(findings.Length, findings.Select(finding => (finding.Contest, finding.NativeId)).Distinct().Count());
    }

    [Fact]
    public void FirmReports_ShouldGiveTheirFindings()
    {
        if (Collect("findings", "firms") is not { } items)
        {
            return;
        }

        Contracts.RawFinding[] findings = [.. items.OfType<Collected.OfFinding>().Select(item => item.Finding)];
        foreach (Collected.OfDeadLetter letter in items.OfType<Collected.OfDeadLetter>())
        {
            output.WriteLine(letter.Letter.ErrorMessage);
        }

        output.WriteLine(string.Join(", ", findings.GroupBy(finding => finding.SeverityLabel).OrderByDescending(group => group.Count()).Take(40).Select(group => $"{group.Key} {group.Count()}")));
        output.WriteLine(string.Join(", ", findings.GroupBy(finding => finding.Platform).Select(group => $"{group.Key} {group.Count()}")));
        Assert.InRange(findings.Length, 3500, 4200);
        Assert.InRange(items.OfType<Collected.OfDeadLetter>().Count(), 0, 38);
        Assert.Equal(findings.Length, findings.Select(finding => (finding.Platform, finding.Contest, finding.NativeId)).Distinct().Count());
    }

    private IReadOnlyList<Collected>? Collect(params string[] parts)
    {
        if (SharedData.Folder(parts) is not { } folder)
        {
            output.WriteLine($"The real data ({string.Join('/', parts)}) is not on this machine: nothing to check here.");
            return null;
        }

        return [.. new FindingsFileCollector([folder], new CollectionOptions()).Collect()];
    }
}
