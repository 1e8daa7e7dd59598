using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming;

/// <summary>How a task looks a table's values up.</summary>
/// <param name="Stores">Stores that are needed for it.</param>
/// <param name="Create">Makes the task's view.</param>
internal sealed record TableView<TKey, TValue>(IReadOnlyList<string> Stores, Func<TaskContext, ITableView<TKey, TValue>> Create)
    where TKey : notnull
{
    public static TableView<TKey, TValue> OfStore(string store) => new([store], context => context.Table<TKey, TValue>(store));
}
