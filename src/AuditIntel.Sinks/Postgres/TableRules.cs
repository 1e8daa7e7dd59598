using System.Buffers;
using System.Text;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// The limits of table columns that a well-formed record can break: checked before the database sees them, so that one bad record costs a dead
/// letter and not the taking apart of its batch. The database's own checks stay the last word. Each answers null, or one sentence that names
/// field and fault.
/// </summary>
internal static class TableRules
{
    /// <summary>Bytes of an indexed text column: three of them fit into a B-tree entry (2704 bytes at most).</summary>
    public const int IndexedTextLimit = 1024;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static string? IdFault(string field, string value)
    {
        if (value.Length == 64 && !value.AsSpan().ContainsAnyExcept(LowerHex))
        {
            return null;
        }

        return $"Field {field} is not a SHA-256 of 64 hex digits in lower case.";
    }

    /// <summary>0x and so many bytes in lower-case hex digits; null is no fault.</summary>
    public static string? HexFault(string field, string? value, int bytes)
    {
        if (value is null
            || (value.Length == 2 + (2 * bytes) && value.StartsWith("0x", StringComparison.Ordinal) && !value.AsSpan(2).ContainsAnyExcept(LowerHex)))
        {
            return null;
        }

        return $"Field {field} is not 0x and {2 * bytes} hex digits in lower case.";
    }

    public static string? KeyFault(string field, string value)
    {
        if (value.Length == 0)
        {
            return $"Field {field} is empty.";
        }

        return value.Length > IndexedTextLimit / 3 && Encoding.UTF8.GetByteCount(value) > IndexedTextLimit
            ? $"Field {field} has more than {IndexedTextLimit} bytes."
            : null;
    }

    public static string? ShareFault(string field, double value) =>
        value is >= 0 and <= 1 ? null : $"Field {field} is {value}, not between 0 and 1.";
}
