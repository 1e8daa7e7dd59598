using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Connectors;
using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>Looks at sources without publishing anything: a listing and the first page or document behind it.</summary>
public sealed class SourceChecker(SourceRunOptions options)
{
    private const int MostMessages = 5;

    /// <summary>Looks at each source, a few at a time; the results are in the order of the sources.</summary>
    /// <param name="sources">What to look at.</param>
    /// <param name="onResult">Hears of each result as it comes; may be called from several threads at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<SourceCheckResult>> CheckAsync(
        IReadOnlyList<SourceDefinition> sources, Action<SourceCheckResult>? onResult, CancellationToken cancellationToken)
    {
        using var gates = new HostGates(sources, options.Fetch);
        var results = new SourceCheckResult[sources.Count];
        await Parallel.ForAsync(
            0,
            sources.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallel, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                results[i] = await CheckAsync(sources[i], gates, token).ConfigureAwait(false);
                onResult?.Invoke(results[i]);
            }).ConfigureAwait(false);
        return results;
    }

    private async Task<SourceCheckResult> CheckAsync(SourceDefinition source, HostGates gates, CancellationToken cancellationToken)
    {
        TimeProvider clock = options.Fetch.Clock;
        long begin = clock.GetTimestamp();
        using var fetcher = new SourceFetcher(source, gates, options.Fetch);
        var pass = new SourcePass(source, fetcher, new SourceState(), clock);
        int items = 0;
        FetchFault? fault = null;
        var messages = new List<string>();
        int refused = 0;
        try
        {
            await foreach (SourceBatch batch in SourceConnectors.Of(source).ReadAsync(pass, cancellationToken).ConfigureAwait(false))
            {
                items += batch.Items.Count(item => item is not Collected.OfDeadLetter);
                foreach (Collected.OfDeadLetter letter in batch.Items.OfType<Collected.OfDeadLetter>())
                {
                    refused++;
                    messages.Add(letter.Letter.ErrorMessage);
                }

                if (items + refused > 0)
                {
                    // One page is enough to see how it does.
                    break;
                }
            }
        }
        catch (FetchException e)
        {
            fault = e.Fault;
            messages.Insert(0, e.Message);
        }

        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever one source does to its reader, the others are looked at.
            fault = FetchFault.Malformed;
            messages.Insert(0, $"{source.Url} cannot be read: {e.Message.TrimEnd('.')}.");
        }

        return new SourceCheckResult
        {
            Source = source,
            Fault = fault,
            Messages = [.. messages.Take(MostMessages)],
            Status = fetcher.LastStatus,
            Items = items,
            Refused = refused,
            Requests = fetcher.Requests,
            Retries = fetcher.Retries,
            Elapsed = clock.GetElapsedTime(begin),
        };
    }
}
