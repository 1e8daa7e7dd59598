using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Streaming.Nodes;

/// <summary>A table's present values: a store, or what operators make of one.</summary>
internal interface ITableView<TKey, TValue>
{
    bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value, out long timestampMs);
}
