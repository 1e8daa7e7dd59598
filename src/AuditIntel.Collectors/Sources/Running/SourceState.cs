using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>
/// What is known of a source between passes: which records and documents were taken in which version (64-bit hashes of both), the validators of its
/// pages, and where an interrupted pass goes on. Kept in the token of its cursor. Owned by the source's loop.
/// </summary>
internal sealed class SourceState
{
    /// <summary>Most records and documents that are remembered, the newest ones: a cursor must stay far below the topic's largest record.</summary>
    public const int MostSeen = 200_000;

    private const int MostValidators = 20_000;
    private const string Prefix = "source/";

    private readonly OrderedDictionary<ulong, ulong> _seen = [];
    private readonly OrderedDictionary<string, PageValidator> _validators = [];

    public Uri? Resume { get; private set; }

    /// <summary>End of the last pass that was not interrupted; null before the first.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Records sent so far, changed ones each time.</summary>
    public long Published { get; set; }

    public static string CursorOf(string id) => Prefix + id;

    /// <summary>Prefix of all cursors of live sources.</summary>
    public static string AllCursors => Prefix;

    public PageValidator? ValidatorOf(Uri page) => _validators.GetValueOrDefault(page.AbsoluteUri);

    public void Keep(Uri page, PageValidator validator)
    {
        _validators.Remove(page.AbsoluteUri);
        _validators[page.AbsoluteUri] = validator;
        while (_validators.Count > MostValidators)
        {
            _validators.RemoveAt(0);
        }
    }

    public bool HasDocument(string name, string hash) => _seen.TryGetValue(Hash("document", name), out ulong known) && known == Hash(hash);

    public void KeepDocument(string name, string hash) => Keep(Hash("document", name), Hash(hash));

    /// <summary>Whether a record is new or has changed.</summary>
    public bool IsNews(Collected item)
    {
        (ulong key, ulong version) = Of(item);
        return !_seen.TryGetValue(key, out ulong known) || known != version;
    }

    public void Keep(Collected item)
    {
        (ulong key, ulong version) = Of(item);
        Keep(key, version);
    }

    public void GoOnAt(Uri? page) => Resume = page;

    /// <summary>The state that a cursor holds; a fresh one for none, and for one that another version wrote in another way.</summary>
    public static SourceState Of(SourceCursor? cursor)
    {
        var state = new SourceState();
        if (cursor?.Token is not { } token)
        {
            return state;
        }

        StateToken? read;
        try
        {
            read = JsonSerializer.Deserialize(token, StateJson.Default.StateToken);
        }
        catch (JsonException)
        {
            // Everything is collected again, into the same ids.
            return state;
        }

        if (read is not { Version: StateToken.Current })
        {
            return state;
        }

        state.Resume = read.Resume is null ? null : new Uri(read.Resume);
        state.CompletedAt = read.CompletedAt;
        state.Published = cursor.Position;
        ReadOnlySpan<byte> seen = read.Seen;
        for (; seen.Length >= 2 * sizeof(ulong); seen = seen[(2 * sizeof(ulong))..])
        {
            state._seen[BinaryPrimitives.ReadUInt64LittleEndian(seen)] = BinaryPrimitives.ReadUInt64LittleEndian(seen[sizeof(ulong)..]);
        }

        foreach ((string page, PageValidator validator) in read.Validators)
        {
            state._validators[page] = validator;
        }

        return state;
    }

    public SourceCursor ToCursor(string id, DateTimeOffset now)
    {
        byte[] seen = new byte[_seen.Count * 2 * sizeof(ulong)];
        int at = 0;
        foreach ((ulong key, ulong version) in _seen)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(seen.AsSpan(at), key);
            BinaryPrimitives.WriteUInt64LittleEndian(seen.AsSpan(at + sizeof(ulong)), version);
            at += 2 * sizeof(ulong);
        }

        var token = new StateToken
        {
            Version = StateToken.Current,
            Resume = Resume?.AbsoluteUri,
            CompletedAt = CompletedAt,
            Validators = new Dictionary<string, PageValidator>(_validators),
            Seen = seen,
        };
        return new SourceCursor
        {
            Source = CursorOf(id),
            Position = Published,
            Token = JsonSerializer.Serialize(token, StateJson.Default.StateToken),
            Offsets = [],
            RecentBlocks = [],
            UpdatedAt = now,
        };
    }

    private void Keep(ulong key, ulong version)
    {
        _seen.Remove(key);
        _seen[key] = version;
        while (_seen.Count > MostSeen)
        {
            _seen.RemoveAt(0);
        }
    }

    /// <summary>Which record it is, and a hash of everything in it but the time of collection.</summary>
    private static (ulong Key, ulong Version) Of(Collected item) => item switch
    {
        Collected.OfFinding { Finding: var finding } => (
            Hash("finding", finding.Platform, finding.Contest, finding.NativeId),
            Hash([
                finding.Title, finding.Body, finding.SeverityLabel ?? "", finding.Url ?? "", finding.PublishedAt?.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                finding.SourcePath, .. finding.Authors,
            ])),
        Collected.OfContest { Contest: var contest } => (
            Hash("contest", contest.Platform, contest.Id),
            Hash([
                contest.Name, contest.Category ?? "", contest.Url ?? "", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{contest.PrizePoolUsd}/{contest.Auditors}/{contest.HighFindings}/{contest.StartedOn}"),
            ])),
        Collected.OfDeadLetter { Letter: var letter } => (Hash("letter", letter.Id), Hash(letter.ErrorMessage)),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, "There is no such record."),
    };

    /// <summary>The first 64 bits of SHA-256 over the parts with their lengths.</summary>
    private static ulong Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[sizeof(int)];
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(size, bytes.Length);
            hash.AppendData(size);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
