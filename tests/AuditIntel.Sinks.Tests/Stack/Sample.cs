using System.Security.Cryptography;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>Records to store.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Day = new(2024, 5, 17, 12, 30, 15, 123, TimeSpan.Zero);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static Finding Finding(string name, string contest = "71", Severity severity = Severity.High, string body = "The vault sends before it books.", DateTimeOffset? collectedAt = null) =>
        new()
        {
            Id = Hash(name),
            ContentHash = Hash(name + body),
            Platform = "code4rena",
            Contest = contest,
            NativeId = name,
            Url = "https://example.org/" + name,
            Authors = ["alice", "bob"],
            Severity = severity,
            SeverityLabel = "High",
            Title = "Title of " + name,
            Body = body,
            VulnerabilityType = "reentrancy",
            TypeConfidence = 0.75,
            Swc = ["SWC-107"],
            Cwe = ["CWE-841"],
            ContestName = "Vault",
            ContestCategory = "Lending",
            PrizePoolUsd = 75000.50m,
            SourcePath = "reports/71.md",
            PublishedAt = Day.AddDays(-30),
            CollectedAt = collectedAt ?? Day,
        };

    public static FindingDuplicate Duplicate(string name, string canonical, DateTimeOffset? collectedAt = null) =>
        new()
        {
            Id = Hash(name),
            CanonicalId = Hash(canonical),
            ContentHash = Hash(canonical + "content"),
            Platform = "sherlock",
            Contest = "9",
            NativeId = name,
            Authors = ["carol"],
            Title = "Title of " + name,
            Method = "exact",
            Similarity = 1,
            Reasons = ["equal content"],
            SourcePath = "9-judging/1.md",
            CollectedAt = collectedAt ?? Day,
        };

    public static Contest Contest(string contest, string name = "Vault", DateTimeOffset? collectedAt = null) =>
        new() { Platform = "code4rena", Id = contest, Name = name, SourcePath = "contests.csv", CollectedAt = collectedAt ?? Day };

    public static DeadLetter DeadLetter(string name) =>
        new()
        {
            Id = Hash(name),
            Stage = "collect",
            ErrorClass = "invalid-utf8",
            ErrorMessage = $"File {name} is not UTF-8.",
            SourcePath = name,
            Payload = [0, 1, 255],
            PayloadLength = 3,
            FailedAt = Day,
        };
}
