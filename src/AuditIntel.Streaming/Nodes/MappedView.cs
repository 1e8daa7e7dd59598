using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.Nodes;

/// <summary>The rows of a table with changed values; a row that becomes null is not there.</summary>
internal sealed class MappedView<TKey, TValue, TValueOut>(ITableView<TKey, TValue> table, Func<TKey, TValue, TValueOut> map) : ITableView<TKey, TValueOut>
{
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValueOut value, out long timestampMs)
    {
        bool found = table.TryGet(key, out TValue? inner, out timestampMs);
        value = found ? map(key, inner!) : default;
        return found && value is not null;
    }
}
