using System.Numerics;
using System.Security.Cryptography;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>Records of a chain to store.</summary>
internal static class ChainSample
{
    public static readonly DateTimeOffset Day = new(2024, 5, 17, 12, 30, 15, TimeSpan.Zero);

    public static string Hash(string name) => "0x" + Sample.Hash(name);

    public static string Address(string name) => "0x" + Sample.Hash(name)[..40];

    public static ScoredTransaction Transaction(
        string name, DateTimeOffset? at = null, string block = "A", bool removed = false, int scored = 0, double score = 0.25, string? modelVersion = "v1") =>
        new()
        {
            Id = TransactionId.Of(1, Hash(name)),
            ChainId = 1,
            Hash = Hash(name),
            BlockNumber = 19_000_000,
            BlockHash = Hash("block " + block),
            TransactionIndex = 7,
            Timestamp = at ?? Day,
            From = Address("sender " + name),
            To = Address("receiver"),
            Nonce = 42,
            Value = BigInteger.Parse("1234567890123456789012", System.Globalization.CultureInfo.InvariantCulture),
            GasLimit = 210_000,
            GasPrice = 20_000_000_000,
            GasUsed = 100_000,
            Status = TransactionStatus.Succeeded,
            Type = 2,
            InputLength = 68,
            Selector = "0xa9059cbb",
            FunctionName = "transfer(address,uint256)",
            LogCount = 3,
            Score = score,
            Confidence = 0.5,
            Severity = AnomalySeverity.Medium,
            Parts =
            [
                new ScorePart { Name = "isolation-forest", Score = 0.625, Probability = 0.5, Weight = 0.75 },
                new ScorePart { Name = "baseline", Score = 3.5, Weight = 0.25 },
            ],
            Reasons = [new AnomalyReason { Feature = "value", Value = 1.5, UsualLow = 0.5, Contribution = 0.125 }],
            Labels = ["from:phishing"],
            ModelId = "transactions.ensemble",
            ModelVersion = modelVersion,
            Removed = removed,
            CollectedAt = Day.AddSeconds(30),
            ScoredAt = Day.AddSeconds(31).AddMilliseconds(scored),
        };

    public static Anomaly Anomaly(string name, DateTimeOffset? at = null, string block = "A", bool removed = false, int detected = 0) =>
        new()
        {
            Id = AnomalyId.Of("transaction", 1, Hash(name)),
            TransactionId = TransactionId.Of(1, Hash(name)),
            ChainId = 1,
            Address = Address("sender " + name),
            TransactionHash = Hash(name),
            BlockNumber = 19_000_000,
            BlockHash = Hash("block " + block),
            Timestamp = at ?? Day,
            From = Address("sender " + name),
            To = null,
            Value = 5,
            Score = 0.9,
            Confidence = 0.5,
            Severity = AnomalySeverity.High,
            Parts = [new ScorePart { Name = "baseline", Score = double.NaN, Weight = 1 }],
            Reasons = [new AnomalyReason { Feature = "gas\0price", Value = 1.5, UsualLow = 0.5, Contribution = 0.125 }],
            Labels = ["to:exploit"],
            ModelId = "transactions.ensemble",
            ModelVersion = "v1",
            Removed = removed,
            CollectedAt = Day,
            DetectedAt = Day.AddSeconds(1).AddMilliseconds(detected),
        };

    public static Alert Alert(string name, int minute = 0, bool resolved = false) =>
        new()
        {
            Id = AlertId.Of("high-score", name),
            RuleId = "high-score",
            Severity = AnomalySeverity.Critical,
            Title = "Anomalous transaction " + name,
            Summary = "It is unusual.",
            DeduplicationKey = "1/" + Address(name),
            ChainId = 1,
            Address = Address(name),
            TransactionHash = Hash(name),
            BlockNumber = 19_000_000,
            Value = BigInteger.Pow(10, 77),
            AnomalyId = AnomalyId.Of("transaction", 1, Hash(name)),
            Score = 0.99,
            Reasons = [new AnomalyReason { Feature = "value", Value = 1, Contribution = 1 }],
            Labels = ["to:exploit"],
            Channels = ["console", "slack"],
            Resolved = resolved,
            OccurredAt = Day,
            CreatedAt = Day.AddMinutes(minute),
        };

    public static ModelArtifact Model(string version, int minute = 0, string id = "transactions.ensemble")
    {
        byte[] artifact = [1, 2, 3, (byte)version.Length];
        return new()
        {
            Id = id,
            Version = version,
            Kind = "ensemble",
            Format = "auditintel-ensemble-1",
            Features = ["value", "gas"],
            Metrics = new Dictionary<string, double> { ["rocAuc"] = 0.97, ["broken"] = double.NaN },
            Parameters = new Dictionary<string, string> { ["trees"] = "100" },
            Seed = 7,
            TrainedOn = "chain",
            TrainedRows = 1000,
            TrainedFrom = Day.AddYears(-1),
            TrainedUntil = Day,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(artifact)),
            Artifact = artifact,
            CreatedAt = Day.AddMinutes(minute),
        };
    }
}
