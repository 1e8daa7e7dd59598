using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>One row of table scorers without its number; empty text stands for no model.</summary>
internal sealed record Scorer(string ModelId, string ModelVersion, string[] Detectors, string Key)
{
    private const char Separator = '\u001f';

    public static Scorer Of(ScoredTransaction transaction)
    {
        var model = PostgresText.Clean(transaction.ModelId ?? "");
        var version = PostgresText.Clean(transaction.ModelVersion ?? "");
        var detectors = PostgresText.Clean([.. transaction.Parts.Select(p => p.Name)]);
        return new Scorer(model, version, detectors, string.Join(Separator, [model, version, .. detectors]));
    }

    public bool Is(ScoredTransaction transaction)
    {
        if (ModelVersion != (transaction.ModelVersion ?? "") || ModelId != (transaction.ModelId ?? "") || Detectors.Length != transaction.Parts.Count)
        {
            return false;
        }

        for (var i = 0; i < Detectors.Length; i++)
        {
            if (Detectors[i] != transaction.Parts[i].Name)
            {
                return false;
            }
        }

        return true;
    }
}
