using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.State;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>
/// The features' memory in stores with changelog. When there are more accounts or pairs than allowed, the sixteenth that was idle for longest is
/// forgotten at once, so that the cost spreads over all that come later.
/// </summary>
internal sealed class StoredTransactionState(
    IKeyValueStore<AccountKey, AccountState> accounts,
    IKeyValueStore<PairKey, PairState> pairs,
    IKeyValueStore<long, ChainState> chains,
    StateLimits limits) : ITransactionState
{
    public AccountState? GetAccount(long chainId, AccountAddress address) => accounts.TryGet(new AccountKey(chainId, address), out AccountState? state) ? state : null;

    public void PutAccount(long chainId, AccountAddress address, AccountState state)
    {
        accounts.Put(new AccountKey(chainId, address), state);
        OldestEntries.Trim(accounts, limits.Accounts, each => each.NewestRecord);
    }

    public PairState GetPair(long chainId, AccountAddress from, AccountAddress to) => pairs.TryGet(new PairKey(chainId, from, to), out PairState state) ? state : default;

    public void PutPair(long chainId, AccountAddress from, AccountAddress to, PairState state)
    {
        pairs.Put(new PairKey(chainId, from, to), state);
        OldestEntries.Trim(pairs, limits.Pairs, each => each.LastSeen);
    }

    public ChainState GetChain(long chainId) => chains.TryGet(chainId, out ChainState state) ? state : default;

    public void PutChain(long chainId, ChainState state) => chains.Put(chainId, state);
}
