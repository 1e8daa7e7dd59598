using System.Runtime.InteropServices;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>Judges scores of labelled rows.</summary>
internal static class ModelJudgement
{
    public static ModelMetrics Of(ReadOnlySpan<double> scores, TransactionMatrix rows, double scoredPerSecond)
    {
        var accounts = new Dictionary<AccountAddress, (double Sum, int Rows, bool Flagged)>();
        for (int row = 0; row < rows.Count; row++)
        {
            ref (double Sum, int Rows, bool Flagged) account = ref CollectionsMarshal.GetValueRefOrAddDefault(accounts, rows.Accounts[row], out _);
            account = (account.Sum + scores[row], account.Rows + 1, rows.Labels[row]);
        }

        return new ModelMetrics(
            Ranking.RocAuc(scores, rows.Labels),
            Ranking.AveragePrecision(scores, rows.Labels),
            Ranking.RocAuc([.. accounts.Values.Select(account => account.Sum / account.Rows)], [.. accounts.Values.Select(account => account.Flagged)]),
            scoredPerSecond);
    }
}
