using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AuditIntel.Avro.Tests.Interop;

/// <summary>Generic values in the JSON form of peer.py.</summary>
internal static class TaggedDatum
{
    /// <param name="sorted">Maps by key, as peer.py answers; otherwise in their own order.</param>
    public static JsonNode? Of(object? value, bool sorted)
    {
        switch (value)
        {
            case null:
                return null;
            case bool flag:
                return flag;
            case int or long:
                return new JsonObject { ["i"] = Convert.ToString(value, CultureInfo.InvariantCulture) };
            case float number:
                return Real(number);
            case double number:
                return Real(number);
            case string text:
                return text;
            case byte[] bytes:
                return new JsonObject { ["b"] = Convert.ToHexStringLower(bytes) };
            case GenericFixed bytes:
                return new JsonObject { ["b"] = Convert.ToHexStringLower(bytes.Bytes) };
            case GenericEnum symbol:
                return symbol.Symbol;
            case List<object?> list:
                return new JsonArray([.. list.Select(item => Of(item, sorted))]);
            case Dictionary<string, object?> map:
                return Map(map, sorted);
            case GenericRecord record:
                return Map(record.Schema.Fields.Select((field, i) => KeyValuePair.Create(field.Name, record[i])), sorted);
            default:
                throw new ArgumentException(value.GetType().Name);
        }
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, object?>> pairs, bool sorted)
    {
        if (sorted)
        {
            pairs = pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal);
        }

        return new JsonObject { ["m"] = new JsonArray([.. pairs.Select(pair => (JsonNode)new JsonArray(pair.Key, Of(pair.Value, sorted)))]) };
    }

    private static JsonObject Real(double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
        return new JsonObject { ["d"] = Convert.ToHexStringLower(bytes) };
    }
}
