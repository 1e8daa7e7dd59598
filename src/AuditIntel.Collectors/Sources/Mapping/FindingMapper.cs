using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>Makes records of drafts; a draft that lacks something becomes a dead letter that names the source, the address and the field.</summary>
internal sealed class FindingMapper(SourceDefinition source, TimeProvider clock)
{
    private const int LongestId = 200;
    private const int LongestTitle = 1000;

    private readonly HashSet<string> _contests = [];

    /// <summary>Records of one document: contests that were not seen yet before their findings.</summary>
    public IEnumerable<Collected> Map(Uri document, IEnumerable<FindingDraft> drafts)
    {
        int place = 0;
        var ids = new Dictionary<string, UniqueIds>();
        foreach (FindingDraft draft in drafts)
        {
            place++;
            string contest = draft.Contest is { Length: > 0 } named ? Short(named) : source.Id;
            Collected mapped = Map(document, draft, contest, place, ids);
            if (mapped is Collected.OfFinding && _contests.Add(contest))
            {
                yield return ContestOf(document, contest);
            }

            yield return mapped;
        }
    }

    /// <summary>The dead letter of a whole document.</summary>
    public Collected Refused(Uri document, string errorClass, string message, string original)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(original);
        return new Collected.OfDeadLetter(DeadLetters.Make(
            source.Platform, document.AbsoluteUri, $"{source.Id}:{document.AbsoluteUri}", errorClass, message, bytes, bytes.Length, clock.GetUtcNow()));
    }

    private Collected Map(Uri document, FindingDraft draft, string contest, int place, Dictionary<string, UniqueIds> ids)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string? title = Collapse(draft.Title);
        Uri? url = draft.Url is { Length: > 0 } && Uri.TryCreate(document, draft.Url, out Uri? absolute) && absolute.Scheme is "http" or "https" ? absolute : null;
        if (string.IsNullOrEmpty(title))
        {
            return Refused(document, draft, place, "title", "is empty", CollectionError.MissingTitle);
        }

        if (string.IsNullOrWhiteSpace(draft.Body))
        {
            return Refused(document, draft, place, "body", "is empty", CollectionError.MissingBody);
        }

        if (draft.Url is { Length: > 0 } && url is null)
        {
            return Refused(document, draft, place, "url", $"is '{Excerpt(draft.Url)}', which is no http(s) URL", CollectionError.BadField);
        }

        DateTimeOffset? publishedAt = null;
        if (draft.Date is { Length: > 0 } date)
        {
            publishedAt = Dates.Parse(date, source.Fields.DateFormat, now);
            if (publishedAt is null)
            {
                return Refused(document, draft, place, "date", $"is '{Excerpt(date)}', which is no date between 2009 and tomorrow", CollectionError.BadField);
            }
        }

        string id = Short(draft.Id is { Length: > 0 } own ? own : url?.AbsoluteUri ?? title);
        if (!ids.TryGetValue(contest, out UniqueIds? unique))
        {
            ids[contest] = unique = new UniqueIds();
        }

        return new Collected.OfFinding(new RawFinding
        {
            Platform = source.Platform,
            Contest = contest,
            NativeId = unique.Take(id),
            Url = url?.AbsoluteUri,
            Authors = draft.Authors is { Length: > 0 } authors ? [.. authors.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()] : [],
            SeverityLabel = draft.Severity is { Length: > 0 } severity ? Collapse(severity) : null,
            Title = title,
            Body = draft.Body,
            SourcePath = (url ?? document).AbsoluteUri,
            PublishedAt = publishedAt,
            CollectedAt = now,
        });
    }

    private Collected.OfContest ContestOf(Uri document, string contest) => new(new Contest
    {
        Platform = source.Platform,
        Id = contest,
        Name = contest == source.Id ? source.Name : contest,
        Url = source.Url.AbsoluteUri,
        SourcePath = document.AbsoluteUri,
        CollectedAt = clock.GetUtcNow(),
    });

    private Collected.OfDeadLetter Refused(Uri document, FindingDraft draft, int place, string field, string what, string errorClass)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(draft.Original);
        string message = string.Create(
            CultureInfo.InvariantCulture, $"Source {source.Id}, {document.AbsoluteUri}, item {place}: field '{field}' {what}; mend the mapping, or leave it if the source is wrong.");

        // The place is no part of the origin: an item that moves on its page is the same dead letter.
        return new Collected.OfDeadLetter(DeadLetters.Make(
            source.Platform, document.AbsoluteUri, $"{source.Id}:{document.AbsoluteUri}#{field}", errorClass, message, bytes, bytes.Length, clock.GetUtcNow()));
    }

    /// <summary>As it is where it is short enough to be read; otherwise its beginning and a hash of the whole.</summary>
    private static string Short(string id)
    {
        string plain = Collapse(id)!;
        return plain.Length <= LongestId ? plain : $"{plain[..(LongestId - 20)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)))[..16]}";
    }

    private static string? Collapse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestTitle ? line : line[..LongestTitle];
    }

    private static string Excerpt(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
