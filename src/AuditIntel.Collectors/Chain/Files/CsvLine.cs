using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AuditIntel.Collectors.Chain.Files;

/// <summary>One line of comma-separated values (RFC 4180, without line ends in fields).</summary>
internal static class CsvLine
{
    public const int MostFields = 64;

    /// <summary>Bytes of the longest text that is taken; signatures and notes of real tables have some hundreds.</summary>
    public const int LongestText = 4096;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(",\""u8);

    /// <summary>Splits a row of a table whose header has so many columns.</summary>
    /// <exception cref="ChainFormatException">The row has another number of fields, or its quotes are not closed.</exception>
    public static void SplitRow(ReadOnlySpan<byte> line, Span<CsvField> fields, int columns)
    {
        int count = Split(line, fields);
        if (count != columns)
        {
            throw new ChainFormatException(ChainError.BadCsvRow, count < 0
                ? "Quotes are not closed."
                : string.Create(CultureInfo.InvariantCulture, $"The row has {count} columns where the header has {columns}."));
        }
    }

    /// <returns>Number of fields; -1 when quotes are not closed or misplaced, or there are more than <see cref="MostFields"/>.</returns>
    public static int Split(ReadOnlySpan<byte> line, Span<CsvField> fields)
    {
        int count = 0;
        int at = 0;
        while (count < fields.Length)
        {
            if (at < line.Length && line[at] == '"')
            {
                if (!TryQuoted(line, ref at, out fields[count]))
                {
                    return -1;
                }
            }
            else
            {
                int length = line[at..].IndexOfAny(Ends);
                if (length >= 0 && line[at + length] == '"')
                {
                    return -1;
                }

                length = length < 0 ? line.Length - at : length;
                fields[count] = new CsvField(at, length, HasQuotes: false);
                at += length;
            }

            count++;
            if (at == line.Length)
            {
                return count;
            }

            at++;
        }

        return -1;
    }

    /// <summary>A field as text; null when it is empty.</summary>
    /// <exception cref="ChainFormatException">It is no UTF-8, or longer than <see cref="LongestText"/>.</exception>
    public static string? Text(ReadOnlySpan<byte> line, CsvField field, string name)
    {
        if (field.Length > LongestText)
        {
            throw new ChainFormatException(
                ChainError.RecordTooLarge, string.Create(CultureInfo.InvariantCulture, $"Field {name} has {field.Length} bytes, more than {LongestText}."));
        }

        return Text(line, field) ?? (field.In(line).Trim((byte)' ').IsEmpty ? null : throw new ChainFormatException(ChainError.BadCsvRow, $"Field {name} is no UTF-8."));
    }

    /// <summary>A field as text; null when it is empty or no UTF-8.</summary>
    private static string? Text(ReadOnlySpan<byte> line, CsvField field)
    {
        ReadOnlySpan<byte> bytes = field.In(line).Trim((byte)' ');
        if (bytes.IsEmpty || !Utf8.IsValid(bytes))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(bytes);
        return field.HasQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Names of a header line, in lower case without blanks, underscores and quotes; empty when it is none.</summary>
    public static string[] Header(ReadOnlySpan<byte> line)
    {
        Span<CsvField> fields = stackalloc CsvField[MostFields];
        int count = Split(line, fields);
        string[] names = new string[Math.Max(count, 0)];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = (Text(line, fields[i]) ?? "").Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        }

        return names;
    }

    private static bool TryQuoted(ReadOnlySpan<byte> line, ref int at, out CsvField field)
    {
        int start = at + 1;
        bool hasQuotes = false;
        field = default;
        at = start;
        while (true)
        {
            int length = line[at..].IndexOf((byte)'"');
            if (length < 0)
            {
                return false;
            }

            at += length + 1;
            if (at == line.Length || line[at] == ',')
            {
                field = new CsvField(start, at - 1 - start, hasQuotes);
                return true;
            }

            if (line[at] != '"')
            {
                return false;
            }

            hasQuotes = true;
            at++;
        }
    }
}
