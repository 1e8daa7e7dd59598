using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Alerts;

/// <summary>
/// Asks every rule of every scored transaction. A rule fires once for a deduplication key within its window of event time; a transaction that a reorganisation
/// takes back resolves what it had set off and frees the window.
/// </summary>
internal sealed class AlertRuleProcessor(AlertRuleSet rules) : IProcessor<string, ScoredTransaction, string, Alert>
{
    /// <summary>Rule and deduplication key to when the rule fired (<see cref="AlertWindow"/>).</summary>
    public const string WindowStore = "alert-windows";

    /// <summary>Id of a transaction to the alerts that it has set off.</summary>
    public const string RaisedStore = "alerts-raised";

    private readonly AlertRule[] _rules = rules.Rules;
    private readonly Dictionary<string, long> _windows = rules.Rules.ToDictionary(rule => rule.Id, rule => rule.WindowMs);
    private IProcessorContext<string, Alert> _context = null!;
    private IKeyValueStore<string, string> _fired = null!;
    private IKeyValueStore<string, IReadOnlyList<RaisedAlert>> _raised = null!;
    private AlertForgetting _forgetting = null!;

    public void Init(IProcessorContext<string, Alert> context)
    {
        _context = context;
        _fired = context.GetStateStore<string, string>(WindowStore);
        _raised = context.GetStateStore<string, IReadOnlyList<RaisedAlert>>(RaisedStore);
        _forgetting = new AlertForgetting(_fired, _raised, _windows);
    }

    public void Process(in Record<string, ScoredTransaction> record)
    {
        if (record.Value is not { } transaction)
        {
            return;
        }

        _forgetting.Observe(transaction);
        if (transaction.Removed)
        {
            Resolve(record, transaction);
            return;
        }

        foreach (AlertRule rule in _rules)
        {
            if (rule.Condition.Matches(transaction, out string address))
            {
                Fire(record, rule, transaction, address);
            }
        }
    }

    internal static string WindowKey(long chainId, string ruleId, string deduplicationKey) => FormattableString.Invariant($"{chainId}|{ruleId}|{deduplicationKey}");

    private void Fire(in Record<string, ScoredTransaction> record, AlertRule rule, ScoredTransaction transaction, string address)
    {
        _raised.TryGet(transaction.Id, out IReadOnlyList<RaisedAlert>? all);
        RaisedAlert? before = all?.FirstOrDefault(each => each.Alert.RuleId == rule.Id);
        if (before is { Alert.Resolved: false })
        {
            // The same once more, or mined again before the retraction was seen: the alert stands, and from now on for the new block.
            if (transaction.BlockHash is not null && transaction.BlockHash != before.BlockHash)
            {
                Keep(transaction.Id, all, before, before with { BlockHash = transaction.BlockHash });
            }

            return;
        }

        if (!TakeWindow(rule, transaction, address))
        {
            return;
        }

        int occasion = before is null ? 0 : before.Occasion + 1;
        Alert alert = AlertBuilder.Build(rule, transaction, address, occasion);
        Keep(transaction.Id, all, before, new RaisedAlert(occasion, transaction.BlockHash, alert));
        _context.Forward(record.WithKey(ChainKey.Of(transaction.ChainId, address)).WithValue(alert));
        _forgetting.SweepWhenMany();
    }

    private bool TakeWindow(AlertRule rule, ScoredTransaction transaction, string address)
    {
        if (rule.WindowMs == 0)
        {
            return true;
        }

        string key = WindowKey(transaction.ChainId, rule.Id, AlertBuilder.DeduplicationKey(rule, transaction, address));
        long time = transaction.Timestamp.ToUnixTimeMilliseconds();
        if (_fired.TryGet(key, out string? entries) && AlertWindow.Holds(entries, time, rule.WindowMs))
        {
            return false;
        }

        _fired.Put(key, AlertWindow.Add(entries, time, transaction.Id));
        return true;
    }

    private void Resolve(in Record<string, ScoredTransaction> record, ScoredTransaction transaction)
    {
        if (!_raised.TryGet(transaction.Id, out IReadOnlyList<RaisedAlert>? all))
        {
            return;
        }

        var kept = new List<RaisedAlert>(all.Count);
        foreach (RaisedAlert raised in all)
        {
            // A retraction of another block than the one that the transaction is in now says nothing of this one.
            bool isOther = raised.BlockHash is not null && transaction.BlockHash is not null && raised.BlockHash != transaction.BlockHash;
            if (raised.Alert.Resolved || isOther)
            {
                kept.Add(raised);
                continue;
            }

            Alert resolved = raised.Alert with { Resolved = true, CreatedAt = transaction.ScoredAt };
            kept.Add(raised with { Alert = resolved });
            FreeWindow(transaction, resolved);
            _context.Forward(record.WithKey(ChainKey.Of(transaction.ChainId, resolved.Address!)).WithValue(resolved));
        }

        _raised.Put(transaction.Id, kept);
    }

    private void FreeWindow(ScoredTransaction transaction, Alert alert)
    {
        string key = WindowKey(transaction.ChainId, alert.RuleId, alert.DeduplicationKey);
        if (!_fired.TryGet(key, out string? entries))
        {
            return;
        }

        if (AlertWindow.Without(entries, transaction.Id) is { } rest)
        {
            _fired.Put(key, rest);
        }
        else
        {
            _fired.Delete(key);
        }
    }

    private void Keep(string transactionId, IReadOnlyList<RaisedAlert>? all, RaisedAlert? before, RaisedAlert now) =>
        _raised.Put(transactionId, [.. (all ?? []).Where(each => each != before), now]);
}
