using AuditIntel.Avro;
using AuditIntel.Sinks.Transactions;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A writer of transactions on a database, fed without a broker.</summary>
internal static class TransactionsHarness
{
    public static WriterHarness Of(TestDatabase database, int monthsAhead = 0, TimeProvider? clock = null) =>
        new(database, content: Content(monthsAhead, clock));

    public static TransactionsContent Content(int monthsAhead = 0, TimeProvider? clock = null) =>
        new(new SchemaRegistryClient(new Uri("http://127.0.0.1:1")), [], monthsAhead, clock ?? TimeProvider.System);
}
