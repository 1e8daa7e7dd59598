using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Tests.Transactions;

/// <summary>A state that keeps everything as bytes only, as stores with changelog do.</summary>
internal sealed class SerialisingTransactionState : ITransactionState
{
    private readonly Dictionary<AccountAddress, byte[]> _accounts = [];
    private readonly Dictionary<(AccountAddress From, AccountAddress To), byte[]> _pairs = [];
    private readonly Dictionary<long, byte[]> _chains = [];

    public AccountState? GetAccount(long chainId, AccountAddress address) =>
        _accounts.TryGetValue(address, out byte[]? bytes) ? AccountStateCodec.Read(bytes) : null;

    public void PutAccount(long chainId, AccountAddress address, AccountState state) =>
        AccountStateCodec.Write(state, _accounts[address] = new byte[AccountStateCodec.Size]);

    public PairState GetPair(long chainId, AccountAddress from, AccountAddress to) =>
        _pairs.TryGetValue((from, to), out byte[]? bytes) ? PairStateCodec.Read(bytes) : default;

    public void PutPair(long chainId, AccountAddress from, AccountAddress to, PairState state) =>
        PairStateCodec.Write(state, _pairs[(from, to)] = new byte[PairStateCodec.Size]);

    public ChainState GetChain(long chainId) => _chains.TryGetValue(chainId, out byte[]? bytes) ? ChainStateCodec.Read(bytes) : default;

    public void PutChain(long chainId, ChainState state) => ChainStateCodec.Write(state, _chains[chainId] = new byte[ChainStateCodec.Size]);
}
