using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;

namespace AuditIntel.Sinks.Transactions;

/// <summary>
/// Table scorers: model version and detectors of a score as one number. A batch notes what it needs, which is registered before its transaction,
/// then rows ask for numbers. The same scorer nearly always comes again, so the last one is compared first. For one thread.
/// </summary>
internal sealed class Scorers
{
    private readonly Dictionary<string, Scorer> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Scorer> _missing = new(StringComparer.Ordinal);
    private Scorer? _last;

    public void Need(ScoredTransaction transaction)
    {
        if (_last is { } last && last.Is(transaction))
        {
            return;
        }

        var scorer = Scorer.Of(transaction);
        if (_known.TryGetValue(scorer.Key, out var known))
        {
            _last = known;
        }
        else
        {
            _missing.TryAdd(scorer.Key, scorer);
        }
    }

    public async Task RegisterAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (key, scorer) in _missing)
        {
            object[] parameters = [scorer.ModelId, scorer.ModelVersion, scorer.Detectors];

            // Nothing comes when somebody else inserts it at this moment; it is there when that one has committed.
            var id = await IdAsync(connection, parameters, cancellationToken).ConfigureAwait(false)
                ?? await IdAsync(connection, parameters, cancellationToken).ConfigureAwait(false)
                ?? throw new TimeoutException($"Scorer {scorer.ModelId} {scorer.ModelVersion} is registered by somebody else and not visible yet.");
            _known[key] = scorer with { Id = id };
        }

        _missing.Clear();
    }

    /// <summary>Number of the transaction's scorer, which was registered.</summary>
    public int IdOf(ScoredTransaction transaction)
    {
        if (_last is not { } last || !last.Is(transaction))
        {
            last = _known[Scorer.Of(transaction).Key];
            _last = last;
        }

        return last.Id;
    }

    public void Forget()
    {
        _known.Clear();
        _last = null;
    }

    private static async Task<int?> IdAsync(NpgsqlConnection connection, object[] parameters, CancellationToken cancellationToken)
    {
        var command = SqlResource.Command(connection, "register_scorer", parameters);
        await using (command.ConfigureAwait(false))
        {
            return (int?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
