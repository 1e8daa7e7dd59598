using System.Globalization;
using AuditIntel.Collectors.Markdown;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>Markdown files that are articles, or lists of articles.</summary>
internal static class ArticleReader
{
    private const int DayLength = 10;

    /// <summary>The file as one: its title from the front matter or the first heading of the highest level, its text from the rest.</summary>
    /// <param name="report">The file.</param>
    /// <param name="contest">What the articles of this source belong to.</param>
    /// <param name="nativeId">Path of the file.</param>
    /// <exception cref="CollectionException">The text cannot be parsed.</exception>
    public static IEnumerable<Collected> ReadOne(ReportContext report, Contest contest, string nativeId)
    {
        IReadOnlyDictionary<string, string> frontMatter = FrontMatter.Read(report.Text);

        // Front matter looks like an underlined heading to a markdown parser, but never like one of level 1.
        Heading? first = HeadingsOf(report).Cast<Heading?>().MinBy(heading => (heading!.Value.Level, heading.Value.Start));
        string title = frontMatter.GetValueOrDefault("title") is { Length: > 0 } named ? named : first?.Text ?? report.File.Stem;
        string body = first is { } at ? report.Text[at.End..] : report.Text;
        DateTimeOffset? publishedAt = ReportContext.Day(frontMatter.GetValueOrDefault("date"))
            ?? (report.File.Stem.Length >= DayLength ? ReportContext.Day(report.File.Stem[..DayLength]) : null);
        yield return new Collected.OfContest(contest);
        yield return report.Finding(contest.Platform, contest.Id, nativeId, title, body.Trim(), severity: null, authors: [], report.File.RelativePath, publishedAt);
    }

    /// <summary>One below each heading of the level that most headings have; a day in front of a heading (20250102) is its date. Empty ones are left out.</summary>
    /// <param name="report">The file.</param>
    /// <param name="contest">What the articles of this source belong to.</param>
    /// <param name="nativeId">Path of the file.</param>
    /// <exception cref="CollectionException">The text cannot be parsed, or there is no such heading.</exception>
    public static IEnumerable<Collected> ReadSections(ReportContext report, Contest contest, string nativeId)
    {
        Heading[] headings = [.. HeadingsOf(report)];
        int level = headings.GroupBy(heading => heading.Level).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key
            ?? throw new CollectionException(CollectionError.NoFindings, $"No heading is in {report.File.RelativePath}; a list of articles has one for each.", [], report.Text.Length);
        var ids = new UniqueIds();
        yield return new Collected.OfContest(contest);
        for (int i = 0; i < headings.Length; i++)
        {
            int next = Array.FindIndex(headings, i + 1, heading => heading.Level <= level);
            string body = report.Text[headings[i].End..(next < 0 ? report.Text.Length : headings[next].Start)].Trim();
            if (headings[i].Level == level && body.Length > 0)
            {
                string title = headings[i].Text;
                string id = ids.Take($"{nativeId}#{title}");
                yield return report.Finding(contest.Platform, contest.Id, id, title, body, severity: null, authors: [], report.File.RelativePath, DayOf(title));
            }
        }
    }

    private static IEnumerable<Heading> HeadingsOf(ReportContext report) => MarkdownOutline.Headings(report.File, report.Text).Where(heading => heading.Text.Length > 0);

    private static DateTimeOffset? DayOf(string title) =>
        title.Length >= 8 && DateTimeOffset.TryParseExact(
            title.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset day)
            ? day
            : null;
}
