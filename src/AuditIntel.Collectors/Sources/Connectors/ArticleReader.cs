using AuditIntel.Collectors.Markdown;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>A markdown file that is one article: its title from the front matter or the first heading, its text from the rest.</summary>
internal static class ArticleReader
{
    /// <param name="report">The file.</param>
    /// <param name="platform">Platform of the record.</param>
    /// <param name="contest">What the articles of this source belong to.</param>
    /// <param name="nativeId">Path below the repository.</param>
    /// <exception cref="CollectionException">The text cannot be parsed.</exception>
    public static IEnumerable<Collected> Read(ReportContext report, string platform, Contest contest, string nativeId)
    {
        IReadOnlyDictionary<string, string> frontMatter = FrontMatter.Read(report.Text);

        // The first heading of the highest level: front matter looks like an underlined heading to a markdown parser, but never like one of level 1.
        Heading? first = MarkdownOutline.Headings(report.File, report.Text).Where(heading => heading.Text.Length > 0).Cast<Heading?>().MinBy(heading => (heading!.Value.Level, heading.Value.Start));
        string title = frontMatter.GetValueOrDefault("title") is { Length: > 0 } named ? named : first?.Text is { Length: > 0 } heading ? heading : report.File.Stem;
        string body = first is { } at ? report.Text[at.End..] : report.Text;
        DateTimeOffset? publishedAt = ReportContext.Day(frontMatter.GetValueOrDefault("date")) ?? (report.File.Stem.Length >= 10 ? ReportContext.Day(report.File.Stem[..10]) : null);
        yield return new Collected.OfContest(contest);
        yield return report.Finding(platform, contest.Id, nativeId, title, body.Trim(), severity: null, authors: [], report.File.RelativePath, publishedAt);
    }
}
