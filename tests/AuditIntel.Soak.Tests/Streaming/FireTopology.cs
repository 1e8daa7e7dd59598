using System.Globalization;
using AuditIntel.Streaming;

namespace AuditIntel.Soak.Tests.Streaming;

/// <summary>
/// Counts numbered records by key after joining them with a table, and counts them again by the table's value, over a repartition topic. The first output
/// is exact record for record; of the second, which several tasks feed, each count must come exactly once.
/// </summary>
internal static class FireTopology
{
    public const int Partitions = 4;
    public const int Keys = 1_000;
    public const int Colours = 20;
    public const string Numbers = "numbers";
    public const string Palette = "palette";
    public const string ByKey = "by-key";
    public const string ByColour = "by-colour";

    public static string KeyOf(long number) => string.Create(CultureInfo.InvariantCulture, $"k{number % Keys}");

    public static string ColourOf(long number) => string.Create(CultureInfo.InvariantCulture, $"colour{number % Keys % Colours}");

    /// <summary>What the first output must hold for a number: its colour, how many of its key came so far, and the number.</summary>
    public static string Expected(long number) => string.Create(CultureInfo.InvariantCulture, $"{ColourOf(number)} {(number / Keys) + 1} {number}");

    public static Topology Build()
    {
        var builder = new StreamsBuilder();
        KTable<string, string> palette = builder.Table(Palette, new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8), "palette");
        KStream<string, string> coloured = builder.Stream(Numbers, new Consumed<string, long>(Serdes.Utf8, Serdes.Int64))
            .Join(palette, (_, number, colour) => string.Create(CultureInfo.InvariantCulture, $"{colour} {number}"));
        coloured
            .GroupByKey(new Grouped<string, string> { Key = Serdes.Utf8, Value = Serdes.Utf8 })
            .Aggregate(
                () => "0",
                (_, value, state) => Next(value!, state),
                new Materialized<string, string> { StoreName = "by-key-store", Key = Serdes.Utf8, Value = Serdes.Utf8 }.WithCachingDisabled())
            .ToStream()
            .MapValues((_, state) => Shown(state!))
            .To(ByKey, new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        coloured
            .GroupBy((_, value) => value!.Split(' ')[0], new Grouped<string, string> { Key = Serdes.Utf8, Value = Serdes.Utf8, Name = "colour" })
            .Count(new Materialized<string, long> { StoreName = "by-colour-store", Key = Serdes.Utf8, Value = Serdes.Int64 }.WithCachingDisabled())
            .ToStream()
            .To(ByColour, new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        return builder.Build();
    }

    /// <summary>"count|value": the count goes up, the newest value stays.</summary>
    private static string Next(string value, string? state)
    {
        long count = long.Parse(state!.Split('|')[0], CultureInfo.InvariantCulture) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{count}|{value}");
    }

    private static string Shown(string state)
    {
        string[] parts = state.Split('|', ' ');
        return $"{parts[1]} {parts[0]} {parts[2]}";
    }
}
