using System.Numerics;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.Evaluation;
using ChainRecord = AuditIntel.Contracts.ChainTransaction;
using ChainTransaction = AuditIntel.Intelligence.Transactions.ChainTransaction;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>
/// A stream with the shape of a real one: a few busy accounts, many quiet ones, and some that collect from strangers. The same on every run.
/// </summary>
internal static class InventedTransactions
{
    private const long Begin = 1_500_000_000;

    /// <summary>One account in so many is a bad one: on a real chain anomalies are rare, and what is rare may cost more.</summary>
    private const int FlaggedAccounts = 40;

    /// <summary>One transaction in so many is not what its account usually does.</summary>
    private const int Exceptions = 100;

    /// <summary>An account of no stream.</summary>
    public static string Watched { get; } = Account(int.MaxValue - 2).ToString();

    /// <param name="count">How many.</param>
    /// <param name="first">Number of the first one: streams that begin elsewhere have other hashes and later times.</param>
    public static IReadOnlyList<LabelledTransaction> Stream(int count, int first = 0)
    {
        var random = new Random(1 + first);
        var rows = new List<LabelledTransaction>(count);
        int accounts = Math.Max(300, count / 20);
        int stranger = accounts;
        for (int i = 0; i < count; i++)
        {
            // The cube puts half of all transactions on an eighth of the accounts.
            int account = (int)(Math.Pow(random.NextDouble(), 3) * accounts);
            bool flagged = account % FlaggedAccounts == 0;
            bool collects = flagged != (random.Next(Exceptions) == 0);
            rows.Add(new LabelledTransaction(
                new ChainTransaction
                {
                    ChainId = 1,
                    BlockNumber = 4_000_000 + ((first + i) / 100),
                    Timestamp = Begin + ((first + i) * 3L),
                    Hash = $"0x{first + i + 1:x64}",
                    From = Account(collects ? stranger++ : account),
                    To = Account(collects ? account : random.Next(accounts)),
                    Nonce = collects ? random.Next(4) : i,
                    Index = i % 100,
                    ValueEther = collects ? (1 + random.Next(30)) / 10.0 : Math.Exp(random.NextDouble() * 6) / 50,
                    Gas = 21_000 + (random.Next(3) * 40_000),
                    GasPriceGwei = 10 + random.Next(collects ? 90 : 20),
                    GasUsed = 21_000,
                    InputLength = random.Next(4) == 0 ? 68 : 0,
                    Selector = random.Next(4) == 0 ? 0xa9059cbb : 0,
                },
                Account(account),
                flagged));
        }

        return rows;
    }

    /// <summary>The transaction as collectors put it onto its topic, collected now.</summary>
    public static ChainRecord RecordOf(in ChainTransaction transaction) => new()
    {
        ChainId = transaction.ChainId,
        Hash = transaction.Hash,
        BlockNumber = transaction.BlockNumber,
        TransactionIndex = transaction.Index,
        Timestamp = DateTimeOffset.FromUnixTimeSeconds(transaction.Timestamp),
        From = transaction.From.ToString(),
        To = transaction.To.ToString(),
        Nonce = transaction.Nonce,
        Value = new BigInteger(transaction.ValueEther * 1e18),
        GasLimit = transaction.Gas,
        GasPrice = new BigInteger(transaction.GasPriceGwei * 1e9),
        GasUsed = transaction.GasUsed,
        Status = TransactionStatus.Succeeded,
        InputLength = transaction.Selector == 0 ? transaction.InputLength : Math.Max(transaction.InputLength, 4),
        InputHead = transaction.Selector == 0 ? [] : [0xa9, 0x05, 0x9c, 0xbb],
        CollectedAt = TimeProvider.System.GetUtcNow(),
    };

    /// <summary>A transaction of the watched account beside another one.</summary>
    public static ChainRecord Probe(int number, in ChainTransaction beside) =>
        RecordOf(beside) with { Hash = $"0xffff{number:x60}", From = Watched, Nonce = number };

    private static AccountAddress Account(int number)
    {
        Span<byte> bytes = stackalloc byte[AccountAddress.Size];
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes[12..], number + 1);
        return AccountAddress.FromBytes(bytes);
    }
}
