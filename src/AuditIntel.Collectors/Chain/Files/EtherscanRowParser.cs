using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Collectors.Chain.Values;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.Files;

/// <summary>Turns rows of an Etherscan-style table (columns as in Etherscan's API, module account, action txlist) into transactions.</summary>
internal sealed class EtherscanRowParser(EtherscanColumns columns, ChainFileOptions options)
{
    /// <exception cref="ChainFormatException">The row is no transaction.</exception>
    public ChainCollected.OfTransaction Parse(ReadOnlySpan<byte> line)
    {
        Span<CsvField> fields = stackalloc CsvField[CsvLine.MostFields];
        CsvLine.SplitRow(line, fields, columns.Count);

        DateTimeOffset now = options.Clock.GetUtcNow();
        byte[] head = ChainField.Data(At(line, fields, columns.Input), "input", out int length);
        ChainTransaction transaction = new()
        {
            ChainId = options.ChainId,
            Hash = ChainField.Hash(At(line, fields, columns.Hash), "hash"),
            BlockNumber = ChainField.Long(At(line, fields, columns.BlockNumber), "blockNumber"),
            BlockHash = At(line, fields, columns.BlockHash) is { IsEmpty: false } blockHash ? ChainField.Hash(blockHash, "blockHash") : null,
            TransactionIndex = ChainField.Int(At(line, fields, columns.Index), "transactionIndex"),
            Timestamp = ChainField.Timestamp(ChainField.Long(At(line, fields, columns.Timestamp), "timeStamp"), now + options.FutureTolerance),
            From = ChainField.Address(At(line, fields, columns.From), "from"),
            To = ChainField.OptionalAddress(At(line, fields, columns.To), "to"),
            CreatedContract = ChainField.OptionalAddress(At(line, fields, columns.ContractAddress), "contractAddress"),
            Nonce = ChainField.Long(At(line, fields, columns.Nonce), "nonce"),
            Value = ChainField.Wei(At(line, fields, columns.Value), "value"),
            GasLimit = ChainField.Long(At(line, fields, columns.GasLimit), "gas"),
            GasPrice = At(line, fields, columns.GasPrice) is { IsEmpty: false } price ? ChainField.Wei(price, "gasPrice") : (AvroDecimal?)null,
            GasUsed = OptionalLong(At(line, fields, columns.GasUsed), "gasUsed"),
            CumulativeGasUsed = OptionalLong(At(line, fields, columns.CumulativeGasUsed), "cumulativeGasUsed"),
            Status = Status(At(line, fields, columns.ReceiptStatus), At(line, fields, columns.IsError)),
            InputLength = WholeLength(At(line, fields, columns.InputBytes), length),
            InputHead = head,
            FunctionName = columns.FunctionName < 0 ? null : CsvLine.Text(line, fields[columns.FunctionName], "functionName"),
            CollectedAt = now,
        };
        return new ChainCollected.OfTransaction(
            transaction, At(line, fields, columns.AccountId) is { IsEmpty: false } account ? ChainField.Address(account, "accountId") : null);
    }

    private static ReadOnlySpan<byte> At(ReadOnlySpan<byte> line, ReadOnlySpan<CsvField> fields, int column) =>
        column < 0 ? default : fields[column].In(line).Trim((byte)' ');

    private static long? OptionalLong(ReadOnlySpan<byte> text, string field) => text.IsEmpty ? null : ChainField.Long(text, field);

    private static TransactionStatus Status(ReadOnlySpan<byte> receiptStatus, ReadOnlySpan<byte> isError)
    {
        // Receipts from before Byzantium have no status; Etherscan found the error by running the transaction again.
        if (!receiptStatus.IsEmpty)
        {
            return Flag(receiptStatus, "txreceipt_status") ? TransactionStatus.Succeeded : TransactionStatus.Failed;
        }

        return isError.IsEmpty ? TransactionStatus.Unknown : Flag(isError, "isError") ? TransactionStatus.Failed : TransactionStatus.Succeeded;
    }

    private static bool Flag(ReadOnlySpan<byte> text, string field) => ChainField.Int(text, field) switch
    {
        0 => false,
        1 => true,
        var other => throw new ChainFormatException(
            ChainError.NumberOutOfRange, string.Create(CultureInfo.InvariantCulture, $"Field {field} is neither 0 nor 1: '{other}'.")),
    };

    private static int WholeLength(ReadOnlySpan<byte> inputBytes, int present)
    {
        if (inputBytes.IsEmpty)
        {
            return present;
        }

        int whole = ChainField.Int(inputBytes, "inputBytes");
        return whole >= present
            ? whole
            : throw new ChainFormatException(
                ChainError.NumberOutOfRange, string.Create(CultureInfo.InvariantCulture, $"Field inputBytes says {whole} where input has {present} bytes."));
    }
}
