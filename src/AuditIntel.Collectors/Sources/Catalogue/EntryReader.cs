using System.Text.RegularExpressions;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>One entry's fields, checked by its kind.</summary>
internal sealed partial class EntryReader(FieldSet fields, string file, int line)
{
    private const int LongestId = 64;

    private static readonly Uri AnyRepository = new("https://github.com/owner/repository");
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(90);

    /// <summary>The entry; null when nothing could be made of it. Faults are the field set's.</summary>
    public SourceDefinition? Read()
    {
        string? id = Id();
        string? name = fields.Text("name", required: true);
        SourceKind? kind = Kind();
        Uri? url = fields.Url("url", required: true);
        bool? verified = fields.Flag("verified");
        bool? enabled = fields.Flag("enabled");
        string? userAgent = UserAgent();
        string? robots = fields.Choice("robots", ["honour", "ignore"]);
        TimeSpan? timeout = fields.Duration("timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        long? largest = fields.Number("maxBytes", 1024, 256 * 1024 * 1024);
        IReadOnlyList<string>? privateHosts = fields.List("privateHosts");
        (TimeSpan? every, TimeSpan? jitter) = Schedule();
        double? rate = RateLimit();
        string? platform = Platform(kind);
        if (kind is null)
        {
            // Without a kind the rest cannot be judged; what was wrong so far is said already.
            return null;
        }

        // A wrong address is a fault already, and no reason to keep quiet about the other fields.
        url ??= AnyRepository;
        RepositoryLayout? repository = RepositoryReader.Read(fields, kind.Value, url);
        FieldMapping mapping = MappingReader.Read(fields, kind.Value, url, repository is not null);
        Paging paging = kind is SourceKind.JsonApi or SourceKind.Html ? ReadPaging(kind.Value) : new Paging();
        fields.RefuseOthers($"an entry of kind {SourceKinds.NameOf(kind.Value)}");
        var plain = new SourceDefinition { Id = id ?? "", Name = name ?? "", Kind = kind.Value, Url = url, Platform = platform ?? "" };
        return plain with
        {
            Verified = verified ?? true,
            Enabled = enabled ?? verified ?? true,
            UserAgent = userAgent ?? plain.UserAgent,
            HonoursRobots = robots != "ignore",
            Timeout = timeout ?? plain.Timeout,
            LargestAnswer = largest ?? plain.LargestAnswer,
            PrivateHosts = privateHosts ?? [],
            Every = every ?? plain.Every,
            Jitter = jitter ?? plain.Jitter,
            RequestsPerSecond = rate ?? plain.RequestsPerSecond,
            Repository = repository,
            Fields = mapping,
            Paging = paging,
            File = file,
            Line = line,
        };
    }

    private string? Id()
    {
        string? id = fields.Text("id", required: true);
        if (id is not null && (id.Length > LongestId || !IdCharacters().IsMatch(id)))
        {
            fields.Fault("id", $"The id '{id}' must be lower-case letters, digits and dashes, 64 at most.");
            return null;
        }

        return id;
    }

    private SourceKind? Kind()
    {
        string? text = fields.Text("kind", required: true);
        SourceKind? kind = text is null ? null : SourceKinds.Find(text);
        if (text is not null && kind is null)
        {
            fields.Fault("kind", $"'{text}' is no kind; say one of {string.Join(", ", SourceKinds.Names)}.");
        }

        return kind;
    }

    private string? UserAgent()
    {
        string? text = fields.Text("userAgent");
        if (text is not null && (text.Length > 200 || text.Any(c => c is < ' ' or > '~')))
        {
            fields.Fault("userAgent", "'userAgent' must be printable ASCII, 200 characters at most.");
            return null;
        }

        return text;
    }

    private (TimeSpan? Every, TimeSpan? Jitter) Schedule()
    {
        if (fields.Within("schedule") is not { } schedule)
        {
            return (null, null);
        }

        TimeSpan? every = schedule.Duration("every", ShortestInterval, LongestInterval);
        TimeSpan? jitter = schedule.Duration("jitter", TimeSpan.Zero, LongestInterval);
        schedule.RefuseOthers("a schedule");
        if (jitter > (every ?? TimeSpan.FromHours(6)))
        {
            schedule.Fault("jitter", "'jitter' must not be longer than 'every'.");
        }

        return (every, jitter);
    }

    /// <summary>Requests a second.</summary>
    private double? RateLimit()
    {
        if (fields.Within("rateLimit") is not { } limit)
        {
            return null;
        }

        long? requests = limit.Number("requests", 1, 100_000);
        TimeSpan? per = limit.Duration("per", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        limit.RefuseOthers("a rate limit");
        if (requests is null || per is null)
        {
            if (!limit.Has("requests") || !limit.Has("per"))
            {
                fields.Fault("rateLimit", "'rateLimit' needs both 'requests' and 'per'.");
            }

            return null;
        }

        return requests / per.Value.TotalSeconds;
    }

    private string? Platform(SourceKind? kind)
    {
        string? platform = fields.Text("platform");
        switch (kind)
        {
            case SourceKind.Code4rena or SourceKind.Sherlock:
                string own = kind is SourceKind.Code4rena ? Platforms.Code4rena : Platforms.Sherlock;
                if (platform is not null && platform != own)
                {
                    fields.Fault("platform", $"The platform of kind {own} is {own}; leave it out.");
                }

                return own;
            case null:
                return platform;
        }

        if (platform is null && !fields.Has("platform"))
        {
            fields.Fault(line, $"'platform' is missing; say firm:NAME, {string.Join(", ", SourcePlatforms.Named)}.");
        }
        else if (platform is not null && !SourcePlatforms.IsKnown(platform))
        {
            fields.Fault("platform", $"Platform '{platform}' is unknown; say firm:NAME, {string.Join(", ", SourcePlatforms.Named)}.");
        }

        return platform;
    }

    private Paging ReadPaging(SourceKind kind)
    {
        var plain = new Paging();
        if (fields.Within("paging") is not { } paging)
        {
            return plain;
        }

        int maxPages = (int)(paging.Number("maxPages", 1, 10_000) ?? plain.MaxPages);
        if (kind is SourceKind.Html)
        {
            paging.RefuseOthers("the paging of kind html");
            return plain with { MaxPages = maxPages };
        }

        string? by = paging.Choice("by", ["page", "cursor", "link"]);
        if (by is null && !paging.Has("by"))
        {
            fields.Fault("paging", "'paging' needs 'by': page, cursor or link.");
        }

        string? parameter = paging.Text("parameter");
        long? start = paging.Number("start", 0, 1_000_000);
        string? cursor = paging.Text("cursor");
        paging.RefuseOthers("paging");
        if (by == "cursor" && cursor is null && !paging.Has("cursor"))
        {
            fields.Fault("paging", "Paging by cursor needs 'cursor', the path of the next cursor in an answer.");
        }

        if (cursor is not null && JsonPath.TryParse(cursor, out _) is { } wrong)
        {
            paging.Fault("cursor", wrong);
        }

        return new Paging
        {
            Kind = by switch { "page" => PagingKind.Page, "cursor" => PagingKind.Cursor, "link" => PagingKind.Link, _ => PagingKind.None },
            Parameter = parameter ?? (by == "cursor" ? "cursor" : "page"),
            Start = (int)(start ?? plain.Start),
            Cursor = cursor ?? "",
            MaxPages = maxPages,
        };
    }

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9])*$", RegexOptions.NonBacktracking)]
    private static partial Regex IdCharacters();
}
