using System.Globalization;
using System.Text;
using AuditIntel.Collectors.Chain.Values;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>Block times: seconds since 1970, or ISO 8601 as exports from databases have it.</summary>
internal static class JsonTimestamp
{
    public static long Seconds(ReadOnlySpan<byte> text, string field)
    {
        if (text.Length >= 19 && text[4] == '-' && text[10] is (byte)'T' or (byte)' ')
        {
            string iso = Encoding.UTF8.GetString(text).Replace(" UTC", "Z", StringComparison.Ordinal);
            return DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time.ToUnixTimeSeconds()
                : throw new ChainFormatException(ChainError.BadNumber, $"Field {field} is no time: '{iso}'.");
        }

        return ChainField.Long(text, field);
    }
}
