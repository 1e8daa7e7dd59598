using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AuditIntel.Collectors.Files;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>
/// Repositories on GitHub by the trees API: one request lists every file with its hash, and only files whose hash is new are read, from the host of raw
/// files, which takes nothing from the API's limit.
/// </summary>
internal sealed class RepositoryConnector : ISourceConnector
{
    private const string ApiAccept = "application/vnd.github+json";
    private const int MostRepositoryPages = 50;

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourcePass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RepositoryLayout layout = pass.Source.Repository!;
        var broken = new BrokenPages(pass.Source.Id);
        await foreach (string name in RepositoriesAsync(pass, layout, cancellationToken).ConfigureAwait(false))
        {
            await foreach (SourceBatch batch in RepositoryAsync(pass, layout, name, broken, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }

        broken.ThrowIfAny();
    }

    private static async IAsyncEnumerable<string> RepositoriesAsync(SourcePass pass, RepositoryLayout layout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (layout.Name is not null)
        {
            yield return layout.Name;
            yield break;
        }

        var wanted = new Glob(layout.Repositories);
        Uri? at = new(layout.Api, $"users/{layout.Owner}/repos?per_page=100&sort=full_name");
        for (int i = 0; at is not null && i < MostRepositoryPages; i++)
        {
            FetchedPage page = await pass.FetchAsync(at, ApiAccept, conditional: false, cancellationToken).ConfigureAwait(false);
            using JsonDocument document = Parse(page);
            if (document.RootElement.ValueKind is not JsonValueKind.Array)
            {
                throw SourcePass.Malformed(page, "is no list of repositories.");
            }

            foreach (JsonElement repository in document.RootElement.EnumerateArray())
            {
                if (Text(repository, "name") is { } name && wanted.Matches(name))
                {
                    yield return name;
                }
            }

            at = page.Next;
        }
    }

    private static async IAsyncEnumerable<SourceBatch> RepositoryAsync(
        SourcePass pass, RepositoryLayout layout, string name, BrokenPages broken, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri tree = new(layout.Api, $"repos/{layout.Owner}/{name}/git/trees/{Uri.EscapeDataString(layout.Branch)}?recursive=1");
        FetchedPage? page = await TreeAsync(pass, tree, layout.Name is null, broken, cancellationToken).ConfigureAwait(false);
        if (page is null || page.NotModified)
        {
            yield break;
        }

        FetchException? before = broken.First;
        IReadOnlyList<TreeFile> files = Files(page, layout, out bool truncated);
        if (files.Count == 0 && layout.Name is not null)
        {
            throw SourcePass.Malformed(page, $"lists no file for 'include' ({string.Join(", ", layout.Include)}); the repository has changed.");
        }

        if (truncated)
        {
            yield return new SourceBatch([pass.Mapper.Refused(tree, CollectionError.FileTooLarge, $"{tree} lists only a part of the repository, which is too large for one answer.", "")]);
        }

        IReadOnlyDictionary<string, string> stems = ReportStems.Of(files.Select(file => file.Path));
        var reader = new ReportReader(pass.Source.Platform);
        foreach (TreeFile file in files)
        {
            string document = $"{layout.Owner}/{name}/{file.Path}";

            // A table of contests is read each time: it wins over the front matter of reports that are new.
            if (!IsTable(file) && pass.State.HasDocument(document, file.Hash))
            {
                continue;
            }

            if (await FileAsync(pass, layout, name, file, stems[file.Path], reader, broken, cancellationToken).ConfigureAwait(false) is { } items)
            {
                yield return new SourceBatch(items) { Document = (document, file.Hash) };
            }
        }

        if (broken.First == before)
        {
            yield return SourcePass.Done(tree, page.Validator);
        }
    }

    /// <summary>An owner's empty repository has no tree (409), and one that was taken away is not there; neither keeps the others from being read.</summary>
    private static async Task<FetchedPage?> TreeAsync(SourcePass pass, Uri tree, bool oneOfMany, BrokenPages broken, CancellationToken cancellationToken)
    {
        try
        {
            FetchedPage page = await pass.FetchAsync(tree, ApiAccept, conditional: true, cancellationToken).ConfigureAwait(false);
            broken.Good();
            return page;
        }
        catch (FetchException e) when (oneOfMany && e.Fault is FetchFault.Status && e.Status is 404 or 409)
        {
            return null;
        }
        catch (FetchException e) when (oneOfMany && broken.Keep(e))
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<Collected>?> FileAsync(
        SourcePass pass, RepositoryLayout layout, string name, TreeFile file, string stem, ReportReader reader, BrokenPages broken, CancellationToken cancellationToken)
    {
        Uri address = new(layout.Raw, $"{layout.Owner}/{name}/{Uri.EscapeDataString(layout.Branch)}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");
        if (file.Size > pass.Source.LargestAnswer)
        {
            return [pass.Mapper.Refused(address, CollectionError.FileTooLarge, string.Create(CultureInfo.InvariantCulture, $"{address} has {file.Size} bytes, more than {pass.Source.LargestAnswer}; raise 'maxBytes' if that is meant."), "")];
        }

        FetchedPage page;
        try
        {
            page = await pass.FetchAsync(address, "text/plain, */*;q=0.1", conditional: false, cancellationToken).ConfigureAwait(false);
            broken.Good();
        }
        catch (FetchException e) when (broken.Keep(e))
        {
            return null;
        }

        return Read(pass, layout, name, file, stem, reader, page, address);
    }

    private static Collected[] Read(
        SourcePass pass, RepositoryLayout layout, string name, TreeFile file, string stem, ReportReader reader, FetchedPage page, Uri address)
    {
        string web = $"https://github.com/{layout.Owner}/{name}/blob/{layout.Branch}/{file.Path}";
        string path = pass.Source.Kind is SourceKind.GithubReports
            ? $"/{pass.Source.Platform.Split(':')[^1]}/{stem}{Path.GetExtension(file.Path)}"
            : $"/{name}/{file.Path}";
        try
        {
            if (page.Body.Length == 0)
            {
                throw new CollectionException(CollectionError.EmptyFile, $"{web} is empty.", [], 0);
            }

            var report = new ReportContext(new SourceFile(path, web), page.Text(), pass.Clock.GetUtcNow());
            Collected[] items =
            [
                .. layout.Files switch
                {
                    FileLayout.Articles => ArticleReader.ReadOne(report, ContestOf(pass), $"{name}/{file.Path}"),
                    FileLayout.Sections => ArticleReader.ReadSections(report, ContestOf(pass), $"{name}/{file.Path}"),
                    _ => reader.Read(report) ?? [],
                },
            ];
            foreach (Collected item in items)
            {
                reader.Note(item);
            }

            return items;
        }
        catch (CollectionException e)
        {
            return [pass.Mapper.Refused(address, e.ErrorClass, $"Source {pass.Source.Id}: {e.Message}", Encoding.UTF8.GetString(page.Body))];
        }
        catch (FetchException e) when (e.Fault is FetchFault.BadCharset)
        {
            return [pass.Mapper.Refused(address, CollectionError.InvalidUtf8, $"Source {pass.Source.Id}: {e.Message}", Encoding.Latin1.GetString(page.Body))];
        }
    }

    private static Contest ContestOf(SourcePass pass) => new()
    {
        Platform = pass.Source.Platform,
        Id = pass.Source.Id,
        Name = pass.Source.Name,
        Url = pass.Source.Url.AbsoluteUri,
        SourcePath = pass.Source.Url.AbsoluteUri,
        CollectedAt = pass.Clock.GetUtcNow(),
    };

    private static JsonDocument Parse(FetchedPage page)
    {
        string text = page.Text();
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw SourcePass.Malformed(page, "is no JSON; it may have been cut.", e);
        }
    }

    private static IReadOnlyList<TreeFile> Files(FetchedPage page, RepositoryLayout layout, out bool truncated)
    {
        using JsonDocument document = Parse(page);
        JsonElement root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("tree", out JsonElement tree) || tree.ValueKind is not JsonValueKind.Array)
        {
            throw SourcePass.Malformed(page, "is no tree of a repository.");
        }

        truncated = root.TryGetProperty("truncated", out JsonElement cut) && cut.ValueKind is JsonValueKind.True;
        Glob[] include = [.. layout.Include.Select(pattern => new Glob(pattern))];
        Glob[] exclude = [.. layout.Exclude.Select(pattern => new Glob(pattern))];
        var files = new List<TreeFile>();
        foreach (JsonElement entry in tree.EnumerateArray())
        {
            if (Text(entry, "type") == "blob" && Text(entry, "path") is { } path && Text(entry, "sha") is { } hash
                && include.Any(glob => glob.Matches(path)) && !exclude.Any(glob => glob.Matches(path)))
            {
                long size = entry.TryGetProperty("size", out JsonElement length) && length.TryGetInt64(out long bytes) ? bytes : 0;
                files.Add(new TreeFile(path, hash, size));
            }
        }

        // Tables of contests first, then in ordinal order, as files are read from a folder.
        return [.. files.OrderBy(file => IsTable(file) ? 0 : 1).ThenBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static bool IsTable(TreeFile file) => file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
