using System.Text;
using AuditIntel.Collectors.Chain.Files;
using AuditIntel.Collectors.Chain.Values;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.Labels;

/// <summary>Turns rows of a label list into entries of addresses.</summary>
/// <param name="columns">The list's columns.</param>
/// <param name="source">Name of the list.</param>
internal sealed class LabelRowParser(LabelColumns columns, string source)
{
    private const string PhishingCategory = "phishing";
    private const string ExploitCategory = "exploit";
    private const string CreatorSuffix = "-contract-creator";

    /// <exception cref="ChainFormatException">The row is no label.</exception>
    public IEnumerable<(string Address, AddressLabelEntry Entry)> Parse(ReadOnlySpan<byte> line)
    {
        Span<CsvField> fields = stackalloc CsvField[CsvLine.MostFields];
        CsvLine.SplitRow(line, fields, columns.Count);

        string address = ChainField.Address(fields[columns.Address].In(line).Trim((byte)' '), "address");
        string? tag = Text(line, fields, columns.Tag, "tag");
        string? reference = Text(line, fields, columns.Source, "source");
        string category = Category(Text(line, fields, columns.Category, "category"), reference, tag);
        string? creator = columns.Creator < 0 ? null : ChainField.OptionalAddress(fields[columns.Creator].In(line).Trim((byte)' '), "creator");
        var entry = new AddressLabelEntry
        {
            Category = category,
            Tag = tag,
            Source = source,
            Reference = reference,
            IsContract = columns.IsContractList ? true : IsContract(Text(line, fields, columns.IsContract, "is_contract")),
            Creator = creator,
            CreationTransaction = columns.CreationTransaction >= 0 && fields[columns.CreationTransaction] is { Length: > 0 } transaction
                ? ChainField.Hash(transaction.In(line).Trim((byte)' '), "creation transaction")
                : null,
            Notes = Text(line, fields, columns.Notes, "notes"),
        };
        if (creator is null)
        {
            return [(address, entry)];
        }

        // Whoever created such a contract is worth knowing as well; the creator's own entry says which contract it was.
        return
        [
            (address, entry),
            (creator, new AddressLabelEntry
            {
                Category = category + CreatorSuffix,
                Tag = Text(line, fields, columns.CreatorTag, "creator tag"),
                Source = source,
                Reference = reference,
                CreationTransaction = entry.CreationTransaction,
                Notes = "created " + address,
            }),
        ];
    }

    private static string? Text(ReadOnlySpan<byte> line, ReadOnlySpan<CsvField> fields, int column, string name) =>
        column < 0 ? null : CsvLine.Text(line, fields[column], name);

    /// <summary>In kebab case. A list without categories tells it by the name of where it has the address from, or by the tag.</summary>
    private string Category(string? stated, string? reference, string? tag)
    {
        if (stated is null)
        {
            return Hint(reference) ?? Hint(tag) ?? (columns.IsContractList ? ExploitCategory : "flagged");
        }

        var kebab = new StringBuilder(stated.Length);
        foreach (char character in stated)
        {
            if (char.IsLetterOrDigit(character))
            {
                kebab.Append(char.ToLowerInvariant(character));
            }
            else if (kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }
        }

        string category = kebab.ToString().Trim('-');
        return category is "phish-hack" ? PhishingCategory : category;
    }

    private static string? Hint(string? text) =>
        text is null ? null
        : text.Contains("phish", StringComparison.OrdinalIgnoreCase) ? PhishingCategory
        : text.Contains("heist", StringComparison.OrdinalIgnoreCase) ? "heist"
        : text.Contains("exploit", StringComparison.OrdinalIgnoreCase) ? ExploitCategory
        : null;

    private static bool? IsContract(string? text) => bool.TryParse(text, out bool value) ? value : null;
}
