using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Cli.Training;

/// <summary>
/// A folder of labelled transactions: <c>transactions/*.csv[.gz]</c> and <c>labels/account-flags.csv[.gz]</c>, in the folder itself or in its
/// subfolder <c>chain</c>.
/// </summary>
internal static class LabelledChainFolder
{
    /// <exception cref="InvalidDataException">A file is missing or damaged; the message names it.</exception>
    public static IReadOnlyList<LabelledTransaction> Read(string folder, CancellationToken cancellationToken)
    {
        string chain = Directory.Exists(Path.Combine(folder, "chain")) ? Path.Combine(folder, "chain") : folder;
        string transactions = Path.Combine(chain, "transactions");
        string[] files = Directory.Exists(transactions) ? [.. CsvFiles(transactions).Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
        {
            throw new InvalidDataException($"'{folder}' has no transactions/*.csv or *.csv.gz, in itself or in its folder chain.");
        }

        string labels = Path.Combine(chain, "labels");
        string flags = (Directory.Exists(labels) ? CsvFiles(labels) : []).FirstOrDefault(file => Path.GetFileName(file).StartsWith("account-flags.", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"'{labels}' has no account-flags.csv, which says what accounts are flagged.");
        var result = new List<LabelledTransaction>();
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            using FileStream flagStream = File.OpenRead(flags);
            try
            {
                result.AddRange(LabelledTransactionReader.Read(stream, flagStream, cancellationToken: cancellationToken));
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{file}: {e.Message}", e);
            }
        }

        return files.Length == 1 ? result : LabelledTransactionReader.InOrder(result);
    }

    private static IEnumerable<string> CsvFiles(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal));
}
