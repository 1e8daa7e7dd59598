using AuditIntel.Intelligence.Transactions;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.State;
using FsCheck;
using FsCheck.Fluent;
using static AuditIntel.Intelligence.Tests.Transactions.StreamedTransactions;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class FeatureExtractorTests
{
    [Fact]
    public void FirstTransaction_ShouldKnowNothingOfItself()
    {
        float[] vector = Last(Transfer(1, 2, 0, 5));
        Assert.Equal(0, Of(vector, "sender.records"));
        Assert.Equal(0, Of(vector, "receiver.records"));
        Assert.Equal(0, Of(vector, "pair.records"));
        Assert.Equal(1, Of(vector, "pair.new-sender"));
        Assert.Equal(1, Of(vector, "pair.new-receiver"));
        Assert.Equal(-1, Of(vector, "sender.since-out"));
    }

    [Fact]
    public void SecondTransaction_ShouldKnowTheFirst()
    {
        float[] vector = Last(Transfer(1, 2, 0, 5), Transfer(1, 2, 7, 3, nonce: 1));
        Assert.Equal(1, Of(vector, "sender.records"));
        Assert.Equal(1, Of(vector, "sender.sent"));
        Assert.Equal(0, Of(vector, "sender.received"));
        Assert.Equal(1, Of(vector, "receiver.received"));
        Assert.Equal(1, Of(vector, "pair.records"));
        Assert.Equal(3, Of(vector, "pair.since"), 5);
        Assert.Equal(Math.Log2(5001), Of(vector, "sender.sent-value"), 4);
        Assert.Equal(0, Of(vector, "pair.new-sender"));
    }

    [Fact]
    public void WindowsAndShares_ShouldFollowTheRecords()
    {
        float[] vector = Last(Transfer(1, 2, 0, 1), Transfer(3, 2, 10, 0.123456), Transfer(4, 2, 20, 0), Transfer(5, 2, 4 * 86_400, 1));
        Assert.InRange(Of(vector, "receiver.fan-in"), 1.95, 2.05);
        Assert.Equal(1.0 / 3, Of(vector, "receiver.round-in-share"), 5);
        Assert.Equal(1.0 / 3, Of(vector, "receiver.empty-in-share"), 5);
        Assert.InRange(Of(vector, "receiver.rate-hour"), 0, 0.01);
        Assert.InRange(Of(vector, "receiver.rate-week"), 1, 2);
        Assert.Equal(0, Of(vector, "receiver.sent"));
    }

    [Fact]
    public void Creation_ShouldHaveNoReceiver()
    {
        float[] vector = Last(Transfer(1, 2, 0, 1), Transfer(1, -1, 10, 0, nonce: 1));
        Assert.Equal(1, Of(vector, "tx.creation"));
        Assert.Equal(0, Of(vector, "receiver.records"));
        Assert.Equal(0, Of(vector, "pair.records"));
    }

    [Fact]
    public void Self_ShouldCountOnceInEachDirection()
    {
        float[] vector = Last(Transfer(1, 1, 0, 1), Transfer(1, 2, 10, 1, nonce: 1));
        Assert.Equal(1, Of(vector, "sender.sent"));
        Assert.Equal(1, Of(vector, "sender.received"));
    }

    [Fact]
    public void Labels_ShouldComeFromTheCallerOnly()
    {
        var extractor = new FeatureExtractor(new InMemoryTransactionState(), new Flagged(Account(2)));
        float[] vector = new float[FeatureSchema.Count];
        extractor.Extract(Transfer(1, 2, 0, 1), vector);
        Assert.Equal(0, Of(vector, "sender.flagged"));
        Assert.Equal(1, Of(vector, "receiver.flagged"));
    }

    [Fact]
    public void Vector_ShouldNotDependOnAnythingLater()
    {
        IReadOnlyList<LabelledTransaction> stream = Labelled(60, 3);
        TransactionMatrix whole = TransactionMatrix.Extract(stream);
        TransactionMatrix part = TransactionMatrix.Extract([.. stream.Take(300)]);
        Assert.Equal(part.Values, whole.Values[..part.Values.Length]);
    }

    [Fact]
    public void Vector_ShouldNotDependOnTheLabel()
    {
        IReadOnlyList<LabelledTransaction> stream = Labelled(60, 3);
        TransactionMatrix other = TransactionMatrix.Extract([.. stream.Select(each => each with { Account = Account(7), IsFlagged = !each.IsFlagged })]);
        Assert.Equal(TransactionMatrix.Extract(stream).Values, other.Values);
    }

    [Fact]
    public void Vector_ShouldBeTheSame_WhenTheStateIsKeptAsBytes()
    {
        var memory = new FeatureExtractor(new InMemoryTransactionState());
        var bytes = new FeatureExtractor(new SerialisingTransactionState());
        float[] expected = new float[FeatureSchema.Count];
        float[] actual = new float[FeatureSchema.Count];
        foreach (LabelledTransaction each in Labelled(60, 3))
        {
            memory.Extract(each.Transaction, expected);
            bytes.Extract(each.Transaction, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Vector_ShouldBeFinite_WhateverTheTransactionsAre() => Prop.ForAll(
        ArbMap.Default.ArbFor<(int From, int To, int Time, uint Value, uint Gas)[]>(),
        records =>
        {
            var extractor = new FeatureExtractor(new InMemoryTransactionState());
            float[] vector = new float[FeatureSchema.Count];
            foreach ((int from, int to, int time, uint value, uint gas) in records)
            {
                ChainTransaction transaction = Transfer(Math.Abs(from % 5), to % 5, time, value * 1e12 * value) with
                {
                    Gas = gas,
                    GasUsed = gas / 2,
                    GasPriceGwei = gas % 3 == 0 ? 0 : gas * 1e6,
                    Timestamp = Begin + time,
                    InputLength = (int)(gas % 1_000_000),
                    Selector = value,
                    IsError = value % 2 == 0,
                };
                extractor.Extract(transaction, vector);
                if (!vector.All(float.IsFinite))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extract_ShouldAllocateNothing_OnceTheAccountsAreKnown()
    {
        var extractor = new FeatureExtractor(new InMemoryTransactionState());
        float[] vector = new float[FeatureSchema.Count];
        ChainTransaction transaction = Transfer(1, 2, 0, 1);
        extractor.Extract(transaction, vector);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            extractor.Extract(transaction, vector);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void Schema_ShouldNameEveryFeatureOnce()
    {
        Assert.Equal(FeatureSchema.Count, FeatureSchema.Features.Select(feature => feature.Name).Distinct().Count());
        Assert.Equal(64, FeatureSchema.Hash.Length);
        Assert.Throws<ArgumentException>(() => FeatureSchema.IndexOf("sender.name"));
    }

    private static float[] Last(params ChainTransaction[] transactions)
    {
        var extractor = new FeatureExtractor(new InMemoryTransactionState());
        float[] vector = new float[FeatureSchema.Count];
        foreach (ChainTransaction transaction in transactions)
        {
            extractor.Extract(transaction, vector);
        }

        return vector;
    }

    private static float Of(float[] vector, string feature) => vector[FeatureSchema.IndexOf(feature)];

    private sealed class Flagged(AccountAddress flagged) : IAddressLabels
    {
        public bool IsFlagged(long chainId, AccountAddress address) => address == flagged;
    }
}
