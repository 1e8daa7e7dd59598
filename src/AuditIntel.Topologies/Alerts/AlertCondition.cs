using System.Collections.Frozen;
using System.Numerics;
using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>The conditions of a rule, ready to be asked for every transaction: the cheap ones first, and without garbage.</summary>
internal sealed class AlertCondition
{
    private const string FromSide = "from:";
    private const string ToSide = "to:";

    /// <summary>Least severity; null for any.</summary>
    public AnomalySeverity? Severity { get; init; }

    /// <summary>Least score; null for any.</summary>
    public double? Score { get; init; }

    /// <summary>Least value in wei; null for any.</summary>
    public BigInteger? Value { get; init; }

    /// <summary>Chains; empty for all.</summary>
    public long[] Chains { get; init; } = [];

    /// <summary>Labels as in the transaction (from:phishing), * for any; empty when none is asked for.</summary>
    public string[] Labels { get; init; } = [];

    /// <summary>Watched addresses, lower case; null when none is asked for.</summary>
    public FrozenSet<string>? Addresses { get; init; }

    /// <param name="transaction">Which.</param>
    /// <param name="address">The account that it is about when true: the watched one, else the labelled one, else the sender.</param>
    public bool Matches(ScoredTransaction transaction, out string address)
    {
        address = transaction.From;
        if (transaction.Severity < (Severity ?? AnomalySeverity.None) || transaction.Score < Score
            || (Chains.Length > 0 && !Chains.AsSpan().Contains(transaction.ChainId))
            || (Value is { } least && transaction.Value.Unscaled < least))
        {
            return false;
        }

        string? label = null;
        if (Labels.Length > 0 && (label = FindLabel(transaction.Labels)) is null)
        {
            return false;
        }

        if (Addresses is not null)
        {
            string? watched = FindWatched(transaction);
            address = watched ?? address;
            return watched is not null;
        }

        label ??= transaction.Labels.Count > 0 ? transaction.Labels[0] : null;
        if (label is not null && label.StartsWith(ToSide, StringComparison.Ordinal))
        {
            address = transaction.To ?? transaction.CreatedContract ?? transaction.From;
        }

        return true;
    }

    private string? FindWatched(ScoredTransaction transaction)
    {
        FrozenSet<string> watched = Addresses!;
        return watched.Contains(transaction.From) ? transaction.From
            : transaction.To is { } to && watched.Contains(to) ? to
            : transaction.CreatedContract is { } created && watched.Contains(created) ? created
            : null;
    }

    private string? FindLabel(IReadOnlyList<string> labels)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            foreach (string wanted in Labels)
            {
                if (Covers(wanted, labels[i]))
                {
                    return labels[i];
                }
            }
        }

        return null;
    }

    private static bool Covers(string wanted, string label)
    {
        ReadOnlySpan<char> asked = wanted;
        ReadOnlySpan<char> there = label;
        ReadOnlySpan<char> side = there.StartsWith(FromSide) ? FromSide : there.StartsWith(ToSide) ? ToSide : "";
        if (asked.StartsWith(FromSide) || asked.StartsWith(ToSide))
        {
            if (!side.SequenceEqual(asked[..(asked.IndexOf(':') + 1)]))
            {
                return false;
            }

            asked = asked[side.Length..];
        }

        return asked is "*" || asked.Equals(there[side.Length..], StringComparison.OrdinalIgnoreCase);
    }
}
