using AuditIntel.Sinks.Postgres;
using Npgsql;

namespace AuditIntel.Sinks.Transactions;

/// <summary>
/// Table scorers: model version and detectors of a score as one number. A batch notes what it needs, which is registered before its transaction,
/// then rows ask for numbers. For one thread.
/// </summary>
internal sealed class Scorers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Scorer> _missing = new(StringComparer.Ordinal);

    // Rows of one scorer come in long runs.
    private (Scorer? Scorer, int Number) _last;

    public void Need(Scorer scorer)
    {
        if (!ReferenceEquals(scorer, _last.Scorer) && !_numbers.ContainsKey(scorer.Key))
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
            _numbers[key] = await NumberAsync(connection, parameters, cancellationToken).ConfigureAwait(false)
                ?? await NumberAsync(connection, parameters, cancellationToken).ConfigureAwait(false)
                ?? throw new TimeoutException($"Scorer {scorer.ModelId} {scorer.ModelVersion} is registered by somebody else and not visible yet.");
        }

        _missing.Clear();
    }

    /// <summary>Number of a scorer that was registered.</summary>
    public int NumberOf(Scorer scorer)
    {
        if (!ReferenceEquals(scorer, _last.Scorer))
        {
            _last = (scorer, _numbers[scorer.Key]);
        }

        return _last.Number;
    }

    public void Forget()
    {
        _numbers.Clear();
        _last = default;
    }

    private static async Task<int?> NumberAsync(NpgsqlConnection connection, object[] parameters, CancellationToken cancellationToken)
    {
        var command = SqlResource.Command(connection, "register_scorer", parameters);
        await using (command.ConfigureAwait(false))
        {
            return (int?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
