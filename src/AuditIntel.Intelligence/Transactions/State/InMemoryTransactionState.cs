using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>State in dictionaries: for evaluation, training and tests. It grows with every account and pair seen.</summary>
public sealed class InMemoryTransactionState : ITransactionState
{
    private readonly Dictionary<(long Chain, AccountAddress Address), AccountState> _accounts = [];
    private readonly Dictionary<(long Chain, AccountAddress From, AccountAddress To), PairState> _pairs = [];
    private readonly Dictionary<long, ChainState> _chains = [];

    /// <value>Accounts seen.</value>
    public int Accounts => _accounts.Count;

    public AccountState? GetAccount(long chainId, AccountAddress address) => _accounts.GetValueOrDefault((chainId, address));

    public void PutAccount(long chainId, AccountAddress address, AccountState state) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_accounts, (chainId, address), out _) = state;

    public PairState GetPair(long chainId, AccountAddress from, AccountAddress to) => _pairs.GetValueOrDefault((chainId, from, to));

    public void PutPair(long chainId, AccountAddress from, AccountAddress to, PairState state) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (chainId, from, to), out _) = state;

    public ChainState GetChain(long chainId) => _chains.GetValueOrDefault(chainId);

    public void PutChain(long chainId, ChainState state) => _chains[chainId] = state;
}
