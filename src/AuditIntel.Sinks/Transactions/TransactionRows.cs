using System.Buffers.Binary;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Writes the columns of transactions in the order of copy_transactions.sql.</summary>
internal static class TransactionRows
{
    public const short Columns = 29;

    /// <param name="copy">Takes the columns; the row was begun.</param>
    /// <param name="row">The record.</param>
    /// <param name="scorer">Number of its scorer, or anything where <see cref="PutScorer"/> follows.</param>
    /// <returns>Where the scorer's number stands, from the start of what <paramref name="copy"/> holds.</returns>
    public static int Write(CopyBuffer copy, ScoredTransaction row, int scorer = 0)
    {
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
        var scorerAt = copy.Length - sizeof(int);
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

        return scorerAt;
    }

    /// <summary>Writes the scorer's number at its place among the columns.</summary>
    public static void PutScorer(Span<byte> columns, int scorerAt, int scorer) => BinaryPrimitives.WriteInt32BigEndian(columns[scorerAt..], scorer);

    private static ReadOnlySpan<byte> Label(TransactionStatus status) => status switch
    {
        TransactionStatus.Unknown => "unknown"u8,
        TransactionStatus.Succeeded => "succeeded"u8,
        TransactionStatus.Failed => "failed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The database's enum transaction_status has no label for this value."),
    };
}
