using System.Numerics;
using System.Security.Cryptography;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using static AuditIntel.Sinks.Postgres.TableRules;

namespace AuditIntel.Sinks.Transactions;

/// <summary>The limits of the tables in V0002__transactions.sql that a well-formed record can break.</summary>
internal static class ChainRules
{
    /// <summary>Most detectors of a score; their names together must fit into an index entry.</summary>
    public const int MostParts = 16;

    private const int LongestPartName = 64;
    private const int LongestModelText = 256;
    private const int MostLabels = 256;

    private static readonly BigInteger Limit = BigInteger.Pow(10, 78);

    // Everybody's partitions are months: a clock that is off must not make thousands of them.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>Null, or one sentence that names field and fault.</returns>
    public static string? Fault(object record) => record switch
    {
        ScoredTransaction t => Fault(t),
        Anomaly a => Fault(a),
        Alert a => IdFault("id", a.Id) ?? KeyFault("ruleId", a.RuleId) ?? TextFault("address", a.Address, IndexedTextLimit)
            ?? TextFault("transactionHash", a.TransactionHash, IndexedTextLimit) ?? (a.AnomalyId is { } id ? IdFault("anomalyId", id) : null)
            ?? (a.Value is { } value ? AmountFault("value", value) : null) ?? KnownFault("severity", a.Severity),
        ModelArtifact m => KeyFault("id", m.Id) ?? KeyFault("version", m.Version) ?? IdFault("sha256", m.Sha256) ?? ArtifactFault(m),
        GoneModel m => KeyFault("key", m.Id),
        _ => null,
    };

    private static string? Fault(ScoredTransaction t) =>
        HashFault("hash", t.Hash, 32) ?? HexFault("blockHash", t.BlockHash, 32) ?? HashFault("from", t.From, 20) ?? HexFault("to", t.To, 20)
        ?? HexFault("createdContract", t.CreatedContract, 20) ?? HexFault("selector", t.Selector, 4) ?? TimeFault(t.Timestamp)
        ?? CountFault("chainId", t.ChainId) ?? CountFault("blockNumber", t.BlockNumber) ?? CountFault("transactionIndex", t.TransactionIndex)
        ?? CountFault("nonce", t.Nonce) ?? CountFault("gasLimit", t.GasLimit) ?? CountFault("gasUsed", t.GasUsed ?? 0)
        ?? CountFault("inputLength", t.InputLength) ?? CountFault("logCount", t.LogCount ?? 0)
        ?? (t.Type is < 0 or > short.MaxValue ? $"Field type is {t.Type}, not between 0 and {short.MaxValue}." : null)
        ?? AmountFault("value", t.Value) ?? (t.GasPrice is { } price ? AmountFault("gasPrice", price) : null)
        ?? ShareFault("score", t.Score) ?? ShareFault("confidence", t.Confidence) ?? KnownFault("severity", t.Severity) ?? KnownFault("status", t.Status)
        ?? TextFault("modelId", t.ModelId, LongestModelText) ?? TextFault("modelVersion", t.ModelVersion, LongestModelText)
        ?? PartsFault(t.Parts) ?? LabelsFault(t.Labels);

    private static string? Fault(Anomaly a) =>
        IdFault("id", a.Id) ?? KeyFault("kind", a.Kind) ?? HashFault("transactionHash", a.TransactionHash, 32) ?? HexFault("blockHash", a.BlockHash, 32)
        ?? HashFault("address", a.Address, 20) ?? HashFault("from", a.From, 20) ?? HexFault("to", a.To, 20) ?? TimeFault(a.Timestamp)
        ?? CountFault("chainId", a.ChainId) ?? CountFault("blockNumber", a.BlockNumber) ?? AmountFault("value", a.Value)
        ?? ShareFault("score", a.Score) ?? ShareFault("confidence", a.Confidence) ?? KnownFault("severity", a.Severity)
        ?? PartsFault(a.Parts) ?? LabelsFault(a.Labels);

    private static string? HashFault(string field, string? value, int bytes) =>
        value is null ? $"Field {field} is missing." : HexFault(field, value, bytes);

    private static string? TimeFault(DateTimeOffset time) =>
        time >= Earliest && time < Latest ? null : $"Field timestamp is {time:O}, not between {Earliest:yyyy} and {Latest:yyyy}.";

    private static string? CountFault(string field, long value) => value >= 0 ? null : $"Field {field} is {value}: negative.";

    private static string? AmountFault(string field, AvroDecimal value)
    {
        if (value.Scale == 0 && value.Unscaled.Sign >= 0 && (value.Unscaled.GetBitLength() < 256 || value.Unscaled < Limit))
        {
            return null;
        }

        return $"Field {field} is not a whole number of 0 to 78 digits.";
    }

    private static string? KnownFault<T>(string field, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : $"Field {field} is {value}, which the contract does not have.";

    private static string? TextFault(string field, string? value, int bytes) => value is null || value.Length <= bytes / 3
        || System.Text.Encoding.UTF8.GetByteCount(value) <= bytes
            ? null
            : $"Field {field} has more than {bytes} bytes.";

    private static string? PartsFault(IReadOnlyList<ScorePart> parts)
    {
        if (parts.Count > MostParts)
        {
            return $"Field parts has {parts.Count} entries, more than {MostParts}.";
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (TextFault("parts.name", parts[i].Name, LongestPartName) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? LabelsFault(IReadOnlyList<string> labels)
    {
        if (labels.Count > MostLabels)
        {
            return $"Field labels has {labels.Count} entries, more than {MostLabels}.";
        }

        for (var i = 0; i < labels.Count; i++)
        {
            if (KeyFault("labels", labels[i]) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? ArtifactFault(ModelArtifact model)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(model.Artifact));
        return actual == model.Sha256 ? null : $"Field sha256 is {model.Sha256}, but the artefact's bytes have {actual}: it was damaged on its way.";
    }
}
