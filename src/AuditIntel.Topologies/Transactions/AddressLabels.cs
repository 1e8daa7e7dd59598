using AuditIntel.Contracts;
using AuditIntel.Streaming.State;
using AuditIntel.Topologies.Transactions.State;

namespace AuditIntel.Topologies.Transactions;

/// <summary>What the label lists say of the two sides of a transaction. Nearly all have no label, which costs two lookups and no garbage.</summary>
internal sealed class AddressLabels(IReadOnlyKeyValueStore<AccountKey, AddressLabel> labels)
{
    private const string SenderSide = "from:";
    private const string ReceiverSide = "to:";

    /// <returns>Categories with their side, such as <c>from:phishing</c>; each once, sender's first.</returns>
    public IReadOnlyList<string> Of(AccountKey sender, AccountKey receiver)
    {
        AddressLabel? ofSender = Find(sender);
        AddressLabel? ofReceiver = Find(receiver);
        return ofSender is null && ofReceiver is null ? [] : [.. Named(SenderSide, ofSender), .. Named(ReceiverSide, ofReceiver)];
    }

    /// <summary>Whether only the receiver is labelled; the sender's labels would stand first.</summary>
    public static bool AreOfReceiverAlone(IReadOnlyList<string> labels) => labels.Count > 0 && labels[0].StartsWith(ReceiverSide, StringComparison.Ordinal);

    private AddressLabel? Find(AccountKey account) => !account.Address.IsNone && labels.TryGet(account, out AddressLabel? label) ? label : null;

    private static IEnumerable<string> Named(string side, AddressLabel? label) => label?.Entries.Select(entry => side + entry.Category).Distinct() ?? [];
}
