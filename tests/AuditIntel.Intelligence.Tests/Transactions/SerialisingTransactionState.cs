using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Tests.Transactions;

/// <summary>A state that keeps accounts as bytes only, as a store with changelog does.</summary>
internal sealed class SerialisingTransactionState : ITransactionState
{
    private readonly Dictionary<AccountAddress, byte[]> _accounts = [];
    private readonly InMemoryTransactionState _rest = new();

    public AccountState? GetAccount(long chainId, AccountAddress address) =>
        _accounts.TryGetValue(address, out byte[]? bytes) ? AccountStateCodec.Read(bytes) : null;

    public void PutAccount(long chainId, AccountAddress address, AccountState state)
    {
        byte[] bytes = new byte[AccountStateCodec.Size];
        AccountStateCodec.Write(state, bytes);
        _accounts[address] = bytes;
    }

    public PairState GetPair(long chainId, AccountAddress from, AccountAddress to) => _rest.GetPair(chainId, from, to);

    public void PutPair(long chainId, AccountAddress from, AccountAddress to, PairState state) => _rest.PutPair(chainId, from, to, state);

    public ChainState GetChain(long chainId) => _rest.GetChain(chainId);

    public void PutChain(long chainId, ChainState state) => _rest.PutChain(chainId, state);
}
