using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Transactions;

/// <summary>An alert's newest telling, and when it was told first.</summary>
internal sealed record AlertRow(Alert Alert, DateTimeOffset ToldAt)
{
    public static AlertRow Merge(AlertRow old, AlertRow late) =>
        new(late.Alert.CreatedAt >= old.Alert.CreatedAt ? late.Alert : old.Alert, late.ToldAt < old.ToldAt ? late.ToldAt : old.ToldAt);
}
