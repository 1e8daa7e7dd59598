using AuditIntel.Contracts;
using AuditIntel.Streaming.State;
using AuditIntel.Topologies.Transactions.State;

namespace AuditIntel.Topologies.Transactions;

/// <summary>What the label lists say of the two sides of a transaction. Nearly all have no label, which costs two lookups and no garbage.</summary>
internal sealed class AddressLabels(IReadOnlyKeyValueStore<AccountKey, AddressLabel> labels)
{
    /// <returns>Categories with their side, such as <c>from:phishing</c>; each once, sender's first.</returns>
    public IReadOnlyList<string> Of(AccountKey sender, AccountKey receiver)
    {
        AddressLabel? ofSender = Find(sender);
        AddressLabel? ofReceiver = Find(receiver);
        return ofSender is null && ofReceiver is null ? [] : [.. Named("from:", ofSender), .. Named("to:", ofReceiver)];
    }

    public bool Has(AccountKey account) => Find(account) is { Entries.Count: > 0 };

    private AddressLabel? Find(AccountKey account) => !account.Address.IsNone && labels.TryGet(account, out AddressLabel? label) ? label : null;

    private static IEnumerable<string> Named(string side, AddressLabel? label) => label?.Entries.Select(entry => side + entry.Category).Distinct() ?? [];
}
