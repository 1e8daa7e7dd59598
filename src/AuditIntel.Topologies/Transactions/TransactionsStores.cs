namespace AuditIntel.Topologies.Transactions;

/// <summary>Names of the topology's stores; each names its changelog too.</summary>
internal static class TransactionsStores
{
    public const string Seen = "transactions-seen";
    public const string Accounts = "transactions-accounts";
    public const string Pairs = "transactions-pairs";
    public const string Chains = "transactions-chains";
    public const string Models = "transactions-models";
    public const string Labels = "transactions-labels";
}
