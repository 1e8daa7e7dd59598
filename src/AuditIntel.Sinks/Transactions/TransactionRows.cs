using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Writes transactions in the column order of copy_transactions.sql and copy_staged_transactions.sql.</summary>
internal static class TransactionRows
{
    private const short Columns = 29;

    /// <param name="copy">Takes the row.</param>
    /// <param name="row">The record.</param>
    /// <param name="scorer">Number of its scorer.</param>
    /// <param name="anchored">The last column of the staging table; null for the table itself, which does not have it.</param>
    public static void Write(CopyBuffer copy, ScoredTransaction row, int scorer, bool? anchored = null)
    {
        copy.StartRow(anchored is null ? Columns : (short)(Columns + 1));
        copy.Time(row.Timestamp);
        copy.Bigint(row.ChainId);
        copy.Bigint(row.BlockNumber);
        copy.Bigint(row.Nonce);
        copy.Bigint(row.GasLimit);
        copy.Bigint(row.GasUsed);
        copy.Double(row.Score);
        copy.Double(row.Confidence);
        copy.Time(row.CollectedAt);
        copy.Time(row.ScoredAt);
        copy.Integer(row.TransactionIndex);
        copy.Integer(row.InputLength);
        copy.Integer(row.LogCount);
        copy.Integer(scorer);
        copy.Label(Label(row.Status));
        copy.Label(SeverityLabels.Of(row.Severity));
        copy.Smallint(row.Type);
        copy.Boolean(row.Removed);
        copy.Hex(row.Hash);
        copy.Hex(row.BlockHash);
        copy.Hex(row.From);
        copy.Hex(row.To);
        copy.Hex(row.CreatedContract);
        copy.Numeric(row.Value.Unscaled);
        if (row.GasPrice is { } price)
        {
            copy.Numeric(price.Unscaled);
        }
        else
        {
            copy.Null();
        }

        copy.Hex(row.Selector);
        copy.Text(row.FunctionName);
        copy.TextsOrNull(row.Labels);
        copy.StartReals(3 * row.Parts.Count);
        for (var i = 0; i < row.Parts.Count; i++)
        {
            var part = row.Parts[i];
            copy.Real(part.Score);
            copy.Real(part.Probability ?? double.NaN);
            copy.Real(part.Weight);
        }

        if (anchored is { } last)
        {
            copy.Boolean(last);
        }
    }

    private static ReadOnlySpan<byte> Label(TransactionStatus status) => status switch
    {
        TransactionStatus.Unknown => "unknown"u8,
        TransactionStatus.Succeeded => "succeeded"u8,
        TransactionStatus.Failed => "failed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The database's enum transaction_status has no label for this value."),
    };
}
