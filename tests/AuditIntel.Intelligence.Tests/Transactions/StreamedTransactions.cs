using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Intelligence.Tests.Transactions;

/// <summary>Invented transactions with a known truth, the same on every run.</summary>
internal static class StreamedTransactions
{
    public const long Begin = 1_500_000_000;

    public static AccountAddress Account(int number)
    {
        byte[] bytes = new byte[20];
        BitConverter.TryWriteBytes(bytes.AsSpan(12), number + 1);
        return AccountAddress.FromBytes(bytes);
    }

    public static ChainTransaction Transfer(int from, int to, long after, double ether, long nonce = 0) => new()
    {
        ChainId = 1,
        BlockNumber = 1_000_000 + (after / 13),
        Timestamp = Begin + after,
        Hash = $"0x{from:x8}{to:x8}{after:x16}{nonce:x16}{0:x16}",
        From = Account(from),
        To = to < 0 ? default : Account(to),
        Nonce = nonce,
        ValueEther = ether,
        Gas = 21_000,
        GasPriceGwei = 20,
        GasUsed = 21_000,
        CreatesContract = to < 0,
        InputLength = 0,
    };

    /// <summary>
    /// Ordinary accounts pay each other and a few exchanges; flagged ones collect round amounts from many new accounts within hours.
    /// </summary>
    public static IReadOnlyList<LabelledTransaction> Labelled(int accounts, int seed)
    {
        var random = new Random(seed);
        var rows = new List<LabelledTransaction>();
        int stranger = 1_000_000;
        for (int account = 0; account < accounts; account++)
        {
            bool flagged = account % 3 == 0;
            long at = random.Next(10_000_000);
            for (int i = 0; i < 12; i++)
            {
                at += flagged ? random.Next(600) : random.Next(400_000);
                // One in ten behaves like the other kind: nothing is ever quite certain.
                ChainTransaction transaction = flagged != (random.Next(10) == 0)
                    ? Transfer(stranger++, account, at, (1 + random.Next(20)) / 10.0, random.Next(3)) with { GasPriceGwei = 20 + random.Next(80) }
                    : Transfer(account, random.Next(accounts), at, random.NextDouble() * 50, i) with { GasPriceGwei = 18 + random.Next(5) };
                rows.Add(new LabelledTransaction(transaction, Account(account), flagged));
            }
        }

        return LabelledTransactionReader.InOrder(rows);
    }
}
