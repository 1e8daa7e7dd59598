using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>Labelled transactions as feature vectors, row by row, in the order of the stream that they were extracted from.</summary>
public sealed class TransactionMatrix
{
    private TransactionMatrix(float[] values, bool[] labels, AccountAddress[] accounts, long[] timestamps) =>
        (Values, Labels, Accounts, Timestamps) = (values, labels, accounts, timestamps);

    /// <value>Rows.</value>
    public int Count => Labels.Length;

    /// <value>All vectors one behind the other, <see cref="FeatureSchema.Count"/> numbers each.</value>
    public float[] Values { get; }

    /// <value>Whether the row's account is flagged.</value>
    public bool[] Labels { get; }

    /// <value>The account that each row was collected for.</value>
    public AccountAddress[] Accounts { get; }

    /// <value>Seconds since 1970 of each row.</value>
    public long[] Timestamps { get; }

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * FeatureSchema.Count, FeatureSchema.Count);

    /// <summary>Runs the stream through a fresh state; labelled neighbours are not told, since the labels are the answer.</summary>
    public static TransactionMatrix Extract(IReadOnlyList<LabelledTransaction> stream, CancellationToken cancellationToken = default)
    {
        int width = FeatureSchema.Count;
        var matrix = new TransactionMatrix(
            new float[stream.Count * width], new bool[stream.Count], new AccountAddress[stream.Count], new long[stream.Count]);
        var extractor = new FeatureExtractor(new InMemoryTransactionState());
        for (int row = 0; row < stream.Count; row++)
        {
            if (row % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            LabelledTransaction each = stream[row];
            extractor.Extract(each.Transaction, matrix.Values.AsSpan(row * width, width));
            matrix.Labels[row] = each.IsFlagged;
            matrix.Accounts[row] = each.Account;
            matrix.Timestamps[row] = each.Transaction.Timestamp;
        }

        return matrix;
    }

    /// <summary>The rows for which a condition on the account holds, in their order.</summary>
    public TransactionMatrix Where(Func<AccountAddress, bool> account)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(row => account(Accounts[row]))];
        return Take(rows);
    }

    /// <summary>The given rows, in the given order.</summary>
    public TransactionMatrix Take(ReadOnlySpan<int> rows)
    {
        int width = FeatureSchema.Count;
        var matrix = new TransactionMatrix(new float[rows.Length * width], new bool[rows.Length], new AccountAddress[rows.Length], new long[rows.Length]);
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(matrix.Values.AsSpan(i * width));
            matrix.Labels[i] = Labels[rows[i]];
            matrix.Accounts[i] = Accounts[rows[i]];
            matrix.Timestamps[i] = Timestamps[rows[i]];
        }

        return matrix;
    }
}
