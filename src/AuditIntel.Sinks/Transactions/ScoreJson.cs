using System.Buffers;
using System.Text;
using System.Text.Json;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Parts, reasons and a model's maps as JSON for jsonb columns. JSON has no NaN and no infinity: they become null.</summary>
internal static class ScoreJson
{
    public static string Parts(IReadOnlyList<ScorePart> parts) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", PostgresText.Clean(part.Name));
            Number(writer, "score", part.Score);
            Number(writer, "probability", part.Probability);
            Number(writer, "weight", part.Weight);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static string Reasons(IReadOnlyList<AnomalyReason> reasons) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var reason in reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("feature", PostgresText.Clean(reason.Feature));
            Number(writer, "value", reason.Value);
            Number(writer, "usualLow", reason.UsualLow);
            Number(writer, "usualHigh", reason.UsualHigh);
            Number(writer, "contribution", reason.Contribution);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static string Numbers(IEnumerable<KeyValuePair<string, double>> map) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            Number(writer, PostgresText.Clean(name), value);
        }

        writer.WriteEndObject();
    });

    public static string Texts(IEnumerable<KeyValuePair<string, string>> map) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WriteString(PostgresText.Clean(name), PostgresText.Clean(value));
        }

        writer.WriteEndObject();
    });

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            content(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
