using AuditIntel.Cli.Ingestion;
using AuditIntel.Cli.Training;
using AuditIntel.Intelligence.Transactions.Evaluation;
using Dapper;
using Npgsql;

namespace AuditIntel.Cli.Demo;

/// <summary>
/// Holds the anomalies in the database against the labels of the bundled sample: transactions of accounts that were reported, and of invented incidents. Only what is
/// later than everything that the first model was trained on counts.
/// </summary>
internal static class SampleTruth
{
    public static async Task<IngestionSummary> JudgeAsync(string connectionString, IngestionSummary summary, CancellationToken cancellationToken)
    {
        IReadOnlyList<LabelledTransaction> sample = LabelledChainFolder.Read(SampleFolder.Path, cancellationToken);
        long unseenFrom = StarterModel.UnseenFrom(sample);
        Dictionary<string, bool> truth = sample
            .Where(each => each.Transaction.Timestamp >= unseenFrom)
            .ToDictionary(each => each.Transaction.Hash, each => each.IsFlagged);
        await using var connection = new NpgsqlConnection(connectionString);
        IEnumerable<string> anomalies = await connection.QueryAsync<string>(new CommandDefinition(
            "select hex(hash) from anomalies where not removed and occurred_at >= @from",
            new { from = DateTimeOffset.FromUnixTimeSeconds(unseenFrom).UtcDateTime },
            cancellationToken: cancellationToken));
        (int found, int right) = (0, 0);
        foreach (string hash in anomalies)
        {
            if (truth.TryGetValue(hash, out bool isFlagged))
            {
                found++;
                right += isFlagged ? 1 : 0;
            }
        }

        int flagged = truth.Count(pair => pair.Value);
        return summary with
        {
            Precision = found == 0 ? null : Math.Round((double)right / found, 4),
            Recall = flagged == 0 ? null : Math.Round((double)right / flagged, 4),
        };
    }
}
