using System.Text.RegularExpressions;
using AuditIntel.Collectors;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Severities;

namespace AuditIntel.Cli.Training;

/// <summary>
/// A folder of findings with judgements: <c>findings/</c> as the collectors read it, whose Sherlock groups <c>NNN-H</c> and <c>NNN-M</c> say what is the
/// same issue, and <c>labels/web3bugs.csv</c> with the class of Code4rena's high findings.
/// </summary>
internal static partial class LabelledFindingsFolder
{
    /// <exception cref="InvalidDataException">There is no finding, or the labels are malformed.</exception>
    public static IReadOnlyList<LabelledFinding> Read(string folder, CancellationToken cancellationToken)
    {
        string findings = Path.Combine(folder, "findings");
        string labels = Path.Combine(folder, "labels", "web3bugs.csv");
        Dictionary<(string, string), string> classes = File.Exists(labels) ? Web3BugsLabels.Read(labels) : [];
        var collector = new FindingsFileCollector([Directory.Exists(findings) ? findings : folder], new CollectionOptions());
        var result = new List<LabelledFinding>();
        foreach (Collected item in collector.Collect())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (item is Collected.OfFinding { Finding: { } raw })
            {
                result.Add(new LabelledFinding(TextOf(raw), GroupOf(raw), classes.GetValueOrDefault((raw.Contest, raw.NativeId))));
            }
        }

        return result.Count > 0 ? result : throw new InvalidDataException($"'{folder}' holds no findings, in itself or in its folder findings.");
    }

    private static FindingText TextOf(RawFinding raw) => new()
    {
        Id = $"{raw.Platform}/{raw.Contest}/{raw.NativeId}",
        Platform = raw.Platform,
        Contest = raw.Contest,
        Title = TextNormalizer.Clean(raw.Title),
        Body = TextNormalizer.Clean(raw.Body),
        Author = raw.Authors.Count > 0 ? raw.Authors[0] : "",
        Severity = SeverityScale.Of(raw.SeverityLabel),
    };

    private static string? GroupOf(RawFinding raw) =>
        raw.Platform == Platforms.Sherlock && JudgedGroup().Match(raw.SourcePath) is { Success: true } match ? match.Groups["group"].Value : null;

    // Right below the contest: a group below "invalid" or "low" was set aside as a whole, and nobody vouches for it.
    [GeneratedRegex(@"-judging/(?<group>\d+-[HM])/[^/]+$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex JudgedGroup();
}
