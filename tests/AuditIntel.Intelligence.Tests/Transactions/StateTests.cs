using AuditIntel.Intelligence.Transactions.State;
using static AuditIntel.Intelligence.Tests.Transactions.StreamedTransactions;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class StateTests
{
    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(10, 0.1)]
    [InlineData(100, 0.15)]
    [InlineData(500, 0.2)]
    public void LinearCounter_ShouldEstimateDistinctAddresses(int distinct, double error)
    {
        var counter = new LinearCounter();
        for (int i = 0; i < distinct * 3; i++)
        {
            counter.Add(Account(i % distinct));
        }

        Assert.InRange(counter.Estimate(), distinct * (1 - error), distinct * (1 + error));
    }

    [Fact]
    public void LinearCounter_ShouldStayFinite_WhenItIsFull()
    {
        var counter = new LinearCounter();
        for (int i = 0; i < 100_000; i++)
        {
            counter.Add(Account(i));
        }

        Assert.Equal(LinearCounter.Limit, counter.Estimate());
    }

    [Fact]
    public void GasPrice_ShouldFollowTheRecentMedian_AndNotAnOutlier()
    {
        var state = default(ChainState);
        for (int i = 0; i < 200; i++)
        {
            state = state.Add(i % 10 == 0 ? 10_000 : 40);
        }

        Assert.InRange(state.Relative(40), -0.2, 0.2);
        for (int i = 0; i < 60; i++)
        {
            state = state.Add(80);
        }

        Assert.InRange(state.Relative(80), -0.2, 0.2);
    }

    [Fact]
    public void AccountState_ShouldBeTheSame_AfterItsBytes()
    {
        var state = new AccountState();
        for (int i = 0; i < 20; i++)
        {
            state.AddSent(Transfer(1, i, i * 1000, i / 7.0, i), 0.3, 2.5);
            state.AddReceived(Transfer(i, 1, (i * 1000) + 5, i, i), 1.5);
        }

        byte[] bytes = new byte[AccountStateCodec.Size];
        AccountStateCodec.Write(state, bytes);
        byte[] again = new byte[AccountStateCodec.Size];
        AccountStateCodec.Write(AccountStateCodec.Read(bytes), again);
        Assert.Equal(bytes, again);
        Assert.Equal(40, AccountStateCodec.Read(bytes).Count);
        Assert.True(AccountStateCodec.Size <= 256);
    }

    [Fact]
    public void AccountState_ShouldBeRefused_WhenItsBytesAreOfAnotherVersionOrCutOff()
    {
        byte[] bytes = new byte[AccountStateCodec.Size];
        AccountStateCodec.Write(new AccountState(), bytes);
        Assert.Contains("bytes, not", Assert.Throws<InvalidDataException>(() => AccountStateCodec.Read(bytes.AsSpan(0, 50))).Message);
        bytes[0] = 9;
        Assert.Contains("version 1, not 9", Assert.Throws<InvalidDataException>(() => AccountStateCodec.Read(bytes)).Message);
        Assert.Throws<ArgumentException>(() => AccountStateCodec.Write(new AccountState(), new byte[10]));
    }

    [Fact]
    public void LateRecord_ShouldNotTurnBackTime()
    {
        var state = new AccountState();
        state.AddSent(Transfer(1, 2, 1000, 1), 0, 0);
        state.AddSent(Transfer(1, 2, 10, 1), 0, 0);
        Assert.Equal(Begin + 1000, state.LastSeen);
    }
}
