using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Transactions;
using StackExchange.Redis;

namespace AuditIntel.Sinks.Redis;

/// <summary>
/// The keys of transactions, addresses and labels. A score is one command whose answer is not waited for, except the last one's of a batch: the
/// connection keeps the order, so its answer says that the others were taken.
/// </summary>
internal sealed class TransactionsCache(SchemaRegistryClient registry, RedisTransactionsSinkOptions options, TimeProvider clock) : ICacheContent
{
    private static readonly string RiskScript = SqlResource.Read("Redis/address_risk.lua");

    private readonly ConfluentAvroDeserializer<ScoredTransaction> _transactions = new(registry);
    private readonly ConfluentAvroDeserializer<Anomaly> _anomalies = new(registry);
    private readonly ConfluentAvroDeserializer<AddressLabel> _labels = new(registry);
    private readonly List<ScoredTransaction> _scores = [];
    private readonly Dictionary<(long ChainId, string Address), List<Anomaly>> _risks = [];
    private readonly List<(RedisKey Key, AddressLabel? Label)> _labelled = [];
    private (string? Version, string Json) _lastModel = (null, "null");
    private DateTimeOffset _oldest;
    private int _left;
    private long _shed;

    public IReadOnlyList<string> TopicNames { get; } = [Topics.ScoredTransactions.Name, Topics.Anomalies.Name, Topics.AddressLabels.Name];

    public int Count => _scores.Count + _risks.Sum(each => each.Value.Count) + _labelled.Count;

    public long Shed => Volatile.Read(ref _shed);

    public static RedisKey ScoreKey(long chainId, string hash) => string.Create(CultureInfo.InvariantCulture, $"tx:{chainId}:{hash}");

    public static RedisKey RiskKey(long chainId, string address) => string.Create(CultureInfo.InvariantCulture, $"address:{chainId}:{address}");

    public static RedisKey LabelKey(long chainId, string address) => string.Create(CultureInfo.InvariantCulture, $"label:{chainId}:{address}");

    public bool Take(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isTombstone)
    {
        if (topic == Topics.AddressLabels.Name)
        {
            return TakeLabel(key, value, isTombstone);
        }

        if (isTombstone)
        {
            return false;
        }

        if (topic == Topics.Anomalies.Name)
        {
            var anomaly = _anomalies.Deserialize(value);
            if (ChainRules.Fault(anomaly) is not null)
            {
                return false;
            }

            ref var ofAddress = ref CollectionsMarshal.GetValueRefOrAddDefault(_risks, (anomaly.ChainId, anomaly.Address), out _);
            (ofAddress ??= []).Add(anomaly);
            return true;
        }

        var transaction = _transactions.Deserialize(value);
        if (ChainRules.Fault(transaction) is not null)
        {
            return false;
        }

        if (transaction.Severity == AnomalySeverity.None && !transaction.Removed && IsBehind(transaction))
        {
            Interlocked.Increment(ref _shed);
            return true;
        }

        _scores.Add(transaction);
        return true;
    }

    public void Send(IBatch batch, List<Task> answers)
    {
        for (var i = 0; i < _scores.Count; i++)
        {
            var score = _scores[i];
            var isLast = i == _scores.Count - 1;
            var answer = batch.StringSetAsync(
                ScoreKey(score.ChainId, score.Hash), Json(score), options.ScoreTimeToLive, When.Always, isLast ? CommandFlags.None : CommandFlags.FireAndForget);
            if (isLast)
            {
                answers.Add(answer);
            }
        }

        foreach (var ((chainId, address), anomalies) in _risks)
        {
            answers.Add(AddRisk(batch, RiskKey(chainId, address), anomalies));
        }

        foreach (var (key, label) in _labelled)
        {
            answers.Add(label is null ? batch.KeyDeleteAsync(key) : batch.HashSetAsync(key, Fields(label)));
        }
    }

    public void Clear()
    {
        _scores.Clear();
        _risks.Clear();
        _labelled.Clear();
    }

    // The clock is asked once for some hundred records.
    private bool IsBehind(ScoredTransaction transaction)
    {
        if (_left-- == 0)
        {
            _left = 256;
            _oldest = clock.GetUtcNow() - options.ShedBehind;
        }

        return transaction.ScoredAt < _oldest;
    }

    private bool TakeLabel(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isTombstone)
    {
        if (!isTombstone)
        {
            var label = _labels.Deserialize(value);
            _labelled.Add((LabelKey(label.ChainId, label.Address), label.Entries.Count == 0 ? null : label));
            return true;
        }

        var slash = key.IndexOf((byte)'/');
        if (slash <= 0)
        {
            return false;
        }

        _labelled.Add(($"label:{Encoding.UTF8.GetString(key[..slash])}:{Encoding.UTF8.GetString(key[(slash + 1)..])}", null));
        return true;
    }

    private string Json(ScoredTransaction score)
    {
        if (_lastModel.Version != score.ModelVersion)
        {
            _lastModel = (score.ModelVersion, score.ModelVersion is { } version ? $"\"{JsonEncodedText.Encode(version)}\"" : "null");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"score\":{score.Score},\"severity\":\"{SeverityLabels.TextOf(score.Severity)}\",\"modelVersion\":{_lastModel.Json},\"removed\":{(score.Removed ? "true" : "false")}}}");
    }

    // An address is summed up once a batch: an attack's transactions are all about one.
    private Task<RedisResult> AddRisk(IBatch batch, RedisKey key, List<Anomaly> anomalies)
    {
        const int Head = 2;
        const int Each = 7;
        var values = new RedisValue[Head + (Each * anomalies.Count)];
        values[0] = (long)options.RiskHalfLife.TotalMilliseconds;
        values[1] = options.RiskTimeToLive is { } life ? (long)life.TotalSeconds : 0;
        for (var i = 0; i < anomalies.Count; i++)
        {
            var anomaly = anomalies[i];
            var at = values.AsSpan(Head + (Each * i), Each);
            at[0] = anomaly.TransactionHash;
            at[1] = anomaly.DetectedAt.ToUnixTimeMilliseconds();
            at[2] = anomaly.Timestamp.ToUnixTimeMilliseconds();
            at[3] = anomaly.Score;
            at[4] = SeverityLabels.TextOf(anomaly.Severity);
            at[5] = anomaly.Removed ? 1 : 0;
            at[6] = string.Join(',', anomaly.Labels);
        }

        return batch.ScriptEvaluateAsync(RiskScript, [key, key.Append(":anomalies")], values);
    }

    private static HashEntry[] Fields(AddressLabel label) =>
    [
        new("categories", string.Join(',', label.Entries.Select(e => e.Category).Distinct(StringComparer.Ordinal))),
        new("tags", string.Join(',', label.Entries.Select(e => e.Tag).OfType<string>().Distinct(StringComparer.Ordinal))),
        new("sources", string.Join(',', label.Entries.Select(e => e.Source).Distinct(StringComparer.Ordinal))),
        new("contract", label.Entries.Any(e => e.IsContract == true) ? 1 : 0),
    ];
}
