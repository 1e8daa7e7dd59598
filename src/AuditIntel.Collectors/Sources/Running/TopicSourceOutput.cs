using AuditIntel.Collectors.Publishing;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>One publisher for all sources, one at a time: a hundred producers would cost more than they bring.</summary>
public sealed class TopicSourceOutput(FindingsPublisher publisher) : ISourceOutput, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task PublishAsync(string source, IReadOnlyList<Collected> items, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            publisher.CollectFor(source);
            foreach (Collected item in items)
            {
                publisher.Publish(item, cancellationToken);
            }

            publisher.Flush(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
