using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Transactions;

/// <summary>The regular round: finishing what could not be finished, and forgetting what nobody uses.</summary>
internal sealed partial class TransactionCoordinator
{
    /// <summary>transactional.id.expiration.ms of Kafka.</summary>
    public static readonly TimeSpan IdExpiration = TimeSpan.FromDays(7);

    public void Maintain()
    {
        var oldest = clock.GetUtcNow().ToUnixTimeMilliseconds() - (long)IdExpiration.TotalMilliseconds;
        foreach (var (id, entry) in _entries)
        {
            lock (entry.Gate)
            {
                Decided(entry);
                var isIdle = entry.State is TransactionState.Empty or TransactionState.CompleteCommit or TransactionState.CompleteAbort;
                if (isIdle && entry.LastUpdate >= 0 && entry.LastUpdate < oldest && _log.Delete(id) == ErrorCode.None)
                {
                    entry.State = TransactionState.Dead;
                    _entries.TryRemove(id, out _);
                }
            }
        }
    }
}
