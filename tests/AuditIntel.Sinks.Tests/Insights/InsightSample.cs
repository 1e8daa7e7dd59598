using System.Security.Cryptography;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Tests.Insights;

internal static class InsightSample
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly DateOnly Start = new(2025, 12, 1);

    public static FindingTrend Trend(string type, long count = 3, int days = 30) => new()
    {
        Dimension = TrendDimension.Type,
        Value = type,
        WindowDays = days,
        WindowStart = Start,
        WindowEnd = Start.AddDays(days - 1),
        Count = count,
        PreviousCount = 1,
        Direction = TrendDirection.Up,
        PValue = 0.01,
        AdjustedPValue = 0.02,
        High = 1,
        Risk = 7,
        Rank = 2,
        Recommendation = "Do it otherwise.",
        TrainingNeed = "high",
    };

    public static EmergingThreat Threat(string type, long count = 3) => new()
    {
        Type = type,
        Name = "A name",
        Kind = EmergenceKind.New,
        WindowDays = 30,
        WindowStart = Start,
        WindowEnd = Start.AddDays(29),
        Count = count,
        PreviousCount = 0,
        Platforms = ["code4rena", "sherlock"],
        WorstSeverity = Severity.Critical,
        Risk = 17,
        Recommendation = "Do it otherwise.",
    };

    public static FindingDuplicate Pair(string id, string other, int minute = 0, bool withdrawn = false) => new()
    {
        Id = IdOf(id),
        CanonicalId = IdOf(other),
        ContentHash = IdOf(id),
        Platform = "sherlock",
        Contest = "c",
        NativeId = id,
        Title = "A title",
        Method = "near-cross",
        Similarity = 0.8,
        Reasons = ["about 80 %"],
        SourcePath = "p",
        CrossPlatform = true,
        Withdrawn = withdrawn,
        CollectedAt = Now.AddMinutes(minute),
    };

    public static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
