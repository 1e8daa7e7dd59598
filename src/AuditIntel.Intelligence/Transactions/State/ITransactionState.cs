namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// Where the features keep what they remember. A topology gives state stores with changelog, an evaluation dictionaries. Called by one thread;
/// an <see cref="AccountState"/> that was got is changed in place and then put back once.
/// </summary>
public interface ITransactionState
{
    /// <returns>The account's state, or null where the chain has not seen it.</returns>
    AccountState? GetAccount(long chainId, AccountAddress address);

    void PutAccount(long chainId, AccountAddress address, AccountState state);

    /// <returns>The state of the pair, or the default value.</returns>
    PairState GetPair(long chainId, AccountAddress from, AccountAddress to);

    void PutPair(long chainId, AccountAddress from, AccountAddress to, PairState state);

    /// <returns>The state of the chain, or the default value.</returns>
    ChainState GetChain(long chainId);

    void PutChain(long chainId, ChainState state);
}
