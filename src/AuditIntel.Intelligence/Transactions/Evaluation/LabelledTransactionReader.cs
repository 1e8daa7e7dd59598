using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;

namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>
/// Reads labelled transactions for training and evaluation: Etherscan-style CSV with the column accountId, and a CSV of address and flag. Both may
/// be gzip. This is no collector: a damaged row ends the reading with a sentence, since a model should not be judged on half a file.
/// </summary>
public static class LabelledTransactionReader
{
    private const int ProgressEvery = 4096;

    /// <param name="transactions">Seekable; CSV with the columns blockNumber, timeStamp (s), hash, nonce, transactionIndex, from, to, value (wei), gas, gasPrice (wei),
    /// gasUsed, isError, contractAddress, inputBytes, input (its first bytes) and accountId, in any order.</param>
    /// <param name="flags">Seekable; CSV with the columns address and flag (1: fraud).</param>
    /// <param name="chainId">The chain of all of them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The transactions in the order of the chain (time, block, position, sender's nonce); of rows with the same hash the first.</returns>
    /// <exception cref="InvalidDataException">A column is missing, or a row is damaged, or an account has no flag.</exception>
    public static IReadOnlyList<LabelledTransaction> Read(Stream transactions, Stream flags, long chainId = 1, CancellationToken cancellationToken = default)
    {
        Dictionary<AccountAddress, bool> flagged = ReadFlags(flags);
        var result = new List<LabelledTransaction>();
        using CsvParser csv = Open(transactions);
        Columns at = Columns.Of(csv);
        while (csv.Read())
        {
            if (result.Count % ProgressEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            result.Add(Row(csv, at, flagged, chainId));
        }

        return InOrder(result);
    }

    /// <summary>Puts transactions of several files into the order of the chain, each hash once.</summary>
    public static IReadOnlyList<LabelledTransaction> InOrder(IEnumerable<LabelledTransaction> transactions)
    {
        List<LabelledTransaction> ordered = [.. transactions.DistinctBy(each => each.Transaction.Hash)];
        ordered.Sort(InChainOrder);
        return ordered;
    }

    private static int InChainOrder(LabelledTransaction a, LabelledTransaction b)
    {
        int order = a.Transaction.Timestamp.CompareTo(b.Transaction.Timestamp);
        order = order != 0 ? order : a.Transaction.BlockNumber.CompareTo(b.Transaction.BlockNumber);
        order = order != 0 ? order : a.Transaction.Index.CompareTo(b.Transaction.Index);
        order = order != 0 ? order : a.Transaction.Nonce.CompareTo(b.Transaction.Nonce);
        return order != 0 ? order : string.CompareOrdinal(a.Transaction.Hash, b.Transaction.Hash);
    }

    private static Dictionary<AccountAddress, bool> ReadFlags(Stream flags)
    {
        var result = new Dictionary<AccountAddress, bool>();
        using CsvParser csv = Open(flags);
        int address = ColumnOf(csv, "address");
        int flag = ColumnOf(csv, "flag");
        while (csv.Read())
        {
            // Public lists hold the odd transaction hash among their addresses; such a row can be no account's label.
            if (address < csv.Count && AccountAddress.TryParse(csv[address], out AccountAddress account))
            {
                result[account] = Integer(csv, flag, "flag") != 0;
            }
        }

        return result;
    }

    private static LabelledTransaction Row(CsvParser csv, Columns at, Dictionary<AccountAddress, bool> flagged, long chainId)
    {
        AccountAddress account = Address(csv, at.AccountId, "accountId");
        if (!flagged.TryGetValue(account, out bool isFlagged))
        {
            throw new InvalidDataException($"Line {csv.RawRow}: account {account} has no row in the flags.");
        }

        string input = csv[at.Input];
        bool creates = csv[at.To].Length == 0;
        int receiver = creates ? at.ContractAddress : at.To;
        return new LabelledTransaction(
            new ChainTransaction
            {
                ChainId = chainId,
                BlockNumber = Integer(csv, at.BlockNumber, "blockNumber"),
                Timestamp = Integer(csv, at.TimeStamp, "timeStamp"),
                Hash = csv[at.Hash],
                Nonce = Integer(csv, at.Nonce, "nonce"),
                Index = (int)Integer(csv, at.TransactionIndex, "transactionIndex"),
                From = Address(csv, at.From, "from"),
                To = csv[receiver].Length == 0 ? default : Address(csv, receiver, creates ? "contractAddress" : "to"),
                ValueEther = Amount(csv, at.Value, "value") / 1e18,
                Gas = Integer(csv, at.Gas, "gas"),
                GasPriceGwei = Amount(csv, at.GasPrice, "gasPrice") / 1e9,
                GasUsed = Integer(csv, at.GasUsed, "gasUsed"),
                IsError = Integer(csv, at.IsError, "isError") != 0,
                CreatesContract = creates,
                InputLength = (int)Integer(csv, at.InputBytes, "inputBytes"),
                Selector = input.Length >= 10 && uint.TryParse(input.AsSpan(2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint selector) ? selector : 0,
            },
            account,
            isFlagged);
    }

    private static CsvParser Open(Stream stream)
    {
        var buffered = new BufferedStream(stream, 1 << 16);
        int first = buffered.ReadByte();
        int second = buffered.ReadByte();
        buffered.Position -= (first >= 0 ? 1 : 0) + (second >= 0 ? 1 : 0);
        Stream text = first == 0x1f && second == 0x8b ? new GZipStream(buffered, CompressionMode.Decompress) : buffered;
        var csv = new CsvParser(new StreamReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { CacheFields = false, Mode = CsvMode.RFC4180 });
        return csv.Read() ? csv : throw new InvalidDataException("The CSV file is empty: a row of column names is expected.");
    }

    private static int ColumnOf(CsvParser csv, string name)
    {
        int column = Array.FindIndex(csv.Record ?? [], each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
        return column >= 0 ? column : throw new InvalidDataException($"Line 1: there is no column '{name}'.");
    }

    private static AccountAddress Address(CsvParser csv, int column, string name) =>
        column < csv.Count && AccountAddress.TryParse(csv[column], out AccountAddress address) ? address : throw Damaged(csv, column, name, "an address");

    private static long Integer(CsvParser csv, int column, string name) =>
        column < csv.Count && long.TryParse(csv[column], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Damaged(csv, column, name, "a whole number");

    private static double Amount(CsvParser csv, int column, string name) =>
        column < csv.Count && double.TryParse(csv[column], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Damaged(csv, column, name, "an amount");

    private static InvalidDataException Damaged(CsvParser csv, int column, string name, string expected) => new(
        column < csv.Count
            ? $"Line {csv.RawRow}: {name} is '{csv[column]}', where {expected} is expected."
            : $"Line {csv.RawRow}: {name} is missing, the row has only {csv.Count} columns.");

    private readonly record struct Columns(
        int BlockNumber,
        int TimeStamp,
        int Hash,
        int Nonce,
        int TransactionIndex,
        int From,
        int To,
        int Value,
        int Gas,
        int GasPrice,
        int GasUsed,
        int IsError,
        int ContractAddress,
        int InputBytes,
        int Input,
        int AccountId)
    {
        public static Columns Of(CsvParser csv) => new(
            ColumnOf(csv, "blockNumber"),
            ColumnOf(csv, "timeStamp"),
            ColumnOf(csv, "hash"),
            ColumnOf(csv, "nonce"),
            ColumnOf(csv, "transactionIndex"),
            ColumnOf(csv, "from"),
            ColumnOf(csv, "to"),
            ColumnOf(csv, "value"),
            ColumnOf(csv, "gas"),
            ColumnOf(csv, "gasPrice"),
            ColumnOf(csv, "gasUsed"),
            ColumnOf(csv, "isError"),
            ColumnOf(csv, "contractAddress"),
            ColumnOf(csv, "inputBytes"),
            ColumnOf(csv, "input"),
            ColumnOf(csv, "accountId"));
    }
}
