using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>
/// A stream with the shape of a real one: a few busy accounts, many quiet ones, and some that collect from strangers. The same on every run.
/// </summary>
internal static class InventedTransactions
{
    private const long Begin = 1_500_000_000;

    public static IReadOnlyList<LabelledTransaction> Stream(int count)
    {
        var random = new Random(1);
        var rows = new List<LabelledTransaction>(count);
        int accounts = Math.Max(300, count / 20);
        int stranger = accounts;
        for (int i = 0; i < count; i++)
        {
            // The cube puts half of all transactions on an eighth of the accounts.
            int account = (int)(Math.Pow(random.NextDouble(), 3) * accounts);
            bool flagged = account % 4 == 0;
            bool collects = flagged != (random.Next(12) == 0);
            rows.Add(new LabelledTransaction(
                new ChainTransaction
                {
                    ChainId = 1,
                    BlockNumber = 4_000_000 + (i / 100),
                    Timestamp = Begin + (i * 3L),
                    Hash = $"0x{i:x64}",
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

    private static AccountAddress Account(int number)
    {
        Span<byte> bytes = stackalloc byte[AccountAddress.Size];
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes[12..], number + 1);
        return AccountAddress.FromBytes(bytes);
    }
}
