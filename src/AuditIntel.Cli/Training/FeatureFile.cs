using System.Globalization;
using System.IO.Compression;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;

namespace AuditIntel.Cli.Training;

/// <summary>
/// Feature vectors for other programs: gzip CSV with one row a transaction in the order of the stream; columns account, flag (0 or 1), train (1: the
/// account is among the 70 % that the evaluation trains on) and every feature by its name.
/// </summary>
internal static class FeatureFile
{
    public static async Task WriteAsync(string file, IReadOnlyList<LabelledTransaction> stream, CancellationToken cancellationToken)
    {
        TransactionMatrix rows = TransactionMatrix.Extract(stream, cancellationToken);
        await using var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        await using var writer = new StreamWriter(gzip);
        await writer.WriteAsync("account,flag,train");
        foreach (FeatureDefinition feature in FeatureSchema.Features)
        {
            await writer.WriteAsync("," + feature.Name);
        }

        await writer.WriteLineAsync();
        for (int row = 0; row < rows.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteRow(writer, rows, row);
        }
    }

    private static void WriteRow(StreamWriter writer, TransactionMatrix rows, int row)
    {
        Span<char> text = stackalloc char[32];
        writer.Write(rows.Accounts[row].ToString());
        writer.Write(rows.Labels[row] ? ",1," : ",0,");
        writer.Write(TransactionEvaluation.IsForTraining(rows.Accounts[row]) ? '1' : '0');
        foreach (float value in rows.Row(row))
        {
            writer.Write(',');
            value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
            writer.Write(text[..length]);
        }

        writer.Write('\n');
    }
}
