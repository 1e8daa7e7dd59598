using System.Globalization;
using System.Runtime.CompilerServices;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;
using CsvHelper;
using CsvHelper.Configuration;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>A table with a header row (RFC 4180), columns by name.</summary>
internal sealed class CsvConnector : ISourceConnector
{
    private const int BatchRows = 500;

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourcePass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FetchedPage page = await pass.FetchAsync(pass.Source.Url, "text/csv, text/plain;q=0.9, */*;q=0.1", conditional: true, cancellationToken).ConfigureAwait(false);
        if (page.NotModified)
        {
            yield break;
        }

        // Repeated ids are counted within one document, so all rows go through the mapper in one call.
        foreach (Collected[] rows in pass.Mapper.Map(page.Address, Rows(pass, page)).Chunk(BatchRows))
        {
            yield return new SourceBatch(rows);
        }

        yield return SourcePass.Done(pass.Source.Url, page.Validator);
    }

    private static IEnumerable<FindingDraft> Rows(SourcePass pass, FetchedPage page)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = pass.Source.Fields.Separator.ToString(),
            HasHeaderRecord = false,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = null,
            MaxFieldSize = 0,
        };
        using var reader = new CsvReader(new StringReader(page.Text()), configuration);
        string[] header = reader.Read() ? [.. (reader.Parser.Record ?? []).Select(name => name.Trim())] : [];
        string[] missing = [.. pass.Source.Fields.Templates.Values.SelectMany(template => template.Expressions).Distinct().Where(name => !header.Contains(name))];
        if (missing.Length > 0)
        {
            throw SourcePass.Malformed(page, $"has no column '{string.Join("', '", missing)}'; its header is: {string.Join(", ", header.Take(20))}.");
        }

        while (reader.Read())
        {
            string[] row = reader.Parser.Record ?? [];
            if (row.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            string? Cell(string name) => Array.IndexOf(header, name) is var at && at < row.Length ? row[at] : null;
            yield return FindingDraft.Of(pass.Source.Fields.Templates, (field, name) => Written(pass, field, Cell(name), page.Address), reader.Parser.RawRecord);
        }
    }

    private static string? Written(SourcePass pass, FindingField field, string? value, Uri address) =>
        value is not null && field is FindingField.Body && pass.Source.Fields.BodyIsHtml ? HtmlMarkdown.Convert(value, address) : value;
}
