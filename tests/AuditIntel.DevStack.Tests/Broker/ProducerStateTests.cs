using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class ProducerStateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_ShouldAnswerTheFirstOffset_WhenABatchComesAgain()
    {
        using var log = Open(_folder);
        log.Append(Batches.From(9, 0, 0, false, "a", "b"), AppendOrigin.Client);
        log.Append(Batches.From(9, 0, 2, false, "c"), AppendOrigin.Client);
        var again = log.Append(Batches.From(9, 0, 0, false, "a", "b"), AppendOrigin.Client);
        Assert.Equal((ErrorCode.None, 0L), (again.Error, again.BaseOffset));
        Assert.Equal(3, log.EndOffset);
    }

    [Fact]
    public void Append_ShouldRefuseAGapInTheSequence()
    {
        using var log = Open(_folder);
        log.Append(Batches.From(9, 0, 0, false, "a"), AppendOrigin.Client);
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, log.Append(Batches.From(9, 0, 2, false, "c"), AppendOrigin.Client).Error);
    }

    [Fact]
    public void Append_ShouldRefuseAnOlderEpoch()
    {
        using var log = Open(_folder);
        log.Append(Batches.From(9, 1, 0, false, "a"), AppendOrigin.Client);
        Assert.Equal(ErrorCode.InvalidProducerEpoch, log.Append(Batches.From(9, 0, 1, false, "b"), AppendOrigin.Client).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_ShouldKnowDuplicates_AfterARestart(bool clean)
    {
        using var folder = clean ? CleanStop() : Crash();
        using var log = Open(folder);
        Assert.Equal(0, log.Append(Batches.From(9, 0, 0, false, "a"), AppendOrigin.Client).BaseOffset);
        Assert.Equal(1, log.EndOffset);
        Assert.Equal(1, log.Append(Batches.From(9, 0, 1, false, "b"), AppendOrigin.Client).BaseOffset);

        TempFolder CleanStop()
        {
            using (var first = Open(_folder))
            {
                first.Append(Batches.From(9, 0, 0, false, "a"), AppendOrigin.Client);
            }

            return _folder.Snapshot();
        }

        TempFolder Crash()
        {
            using var first = Open(_folder);
            first.Append(Batches.From(9, 0, 0, false, "a"), AppendOrigin.Client);
            return _folder.Snapshot();
        }
    }

    [Fact]
    public void CommittedRead_ShouldStopBeforeAnOpenTransaction_AndListAbortedOnes()
    {
        using var log = Open(_folder);
        log.Append(Batches.From(1, 0, 0, true, "t1"), AppendOrigin.Client);
        log.Append(Batches.Of("plain"), AppendOrigin.Client);
        log.Append(Batches.From(2, 0, 0, true, "t2"), AppendOrigin.Client);
        Assert.Equal(0, log.LastStableOffset);
        Assert.Null(log.Read(0, 1000, committed: true, atLeastOne: true).Slice);

        log.Append(ControlRecord.Marker(1, 0, commit: false, 0, 1_000), AppendOrigin.Broker);
        Assert.Equal(2, log.LastStableOffset);
        var read = log.Read(0, 1000, committed: true, atLeastOne: true);
        read.Slice?.Dispose();
        Assert.Equal([new AbortedTransaction(1, 0, 3, 2)], read.Aborted);
        Assert.Equal(["0:t1", "1:plain"], Batches.Records(log, committed: true));

        log.Append(ControlRecord.Marker(2, 0, commit: true, 0, 1_000), AppendOrigin.Broker);
        Assert.Equal(log.EndOffset, log.LastStableOffset);
    }

    [Fact]
    public void OpenAndAbortedTransactions_ShouldBeKnown_AfterACrash()
    {
        using var log = Open(_folder);
        log.Append(Batches.From(1, 0, 0, true, "t1"), AppendOrigin.Client);
        log.Append(ControlRecord.Marker(1, 0, commit: false, 0, 1_000), AppendOrigin.Broker);
        log.Append(Batches.From(2, 0, 0, true, "t2"), AppendOrigin.Client);
        using var crash = _folder.Snapshot();
        using var recovered = Open(crash);
        Assert.Equal(2, recovered.LastStableOffset);
        var read = recovered.Read(0, 1000, committed: true, atLeastOne: true);
        read.Slice?.Dispose();
        Assert.Single(read.Aborted!);
    }

    [Fact]
    public void Producer_ShouldBeForgotten_WhenItIsSilentForADay()
    {
        var clock = new ManualClock();
        using var log = PartitionLog.Open(_folder.Path, new() { RetentionMs = -1 }, clock);
        log.Append(Batches.From(9, 0, 0, false, "a"), AppendOrigin.Client);
        log.Append(Batches.From(8, 0, 0, true, "open"), AppendOrigin.Client);
        clock.Advance(TimeSpan.FromHours(25));
        log.Clean(CancellationToken.None);
        Assert.Equal(8, Assert.Single(log.Producers()).ProducerId);
    }

    private static PartitionLog Open(TempFolder folder) => PartitionLog.Open(folder.Path, new(), TimeProvider.System);
}
