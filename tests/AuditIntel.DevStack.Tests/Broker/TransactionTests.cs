using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class TransactionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly Node _node;

    public TransactionTests()
    {
        _node = new(_folder, _clock);
        _node.Catalog.TryCreate("t", 1, new Dictionary<string, string>());
    }

    public void Dispose()
    {
        _node.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Init_ShouldAbortWhatThePredecessorLeftOpen_AndFenceIt()
    {
        var first = Begin();
        var second = _node.Transactions.Init("x", 10_000, -1, -1);
        Assert.Equal(first.ProducerId, second.ProducerId);
        Assert.True(second.ProducerEpoch > first.ProducerEpoch);
        Assert.Equal(_node.Log.EndOffset, _node.Log.LastStableOffset);
        Assert.Empty(Committed());
        Assert.Equal(ErrorCode.ProducerFenced, _node.Transactions.End("x", first.ProducerId, first.ProducerEpoch, commit: true));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, Append(first, 1).Error);
    }

    [Fact]
    public void Init_ShouldGiveASuccessorItsOwnEpoch_WhenBothGuessTheFirst()
    {
        // A client may send id 0 and epoch 0 before it has any (KIP-360): to a new transactional id they mean nothing, and the next request
        // with them is no repetition of the first.
        var first = _node.Transactions.Init("x", 10_000, 0, 0);
        var second = _node.Transactions.Init("x", 10_000, 0, 0);
        Assert.Equal(first.ProducerId, second.ProducerId);
        Assert.Equal(first.ProducerEpoch + 1, second.ProducerEpoch);
    }

    [Fact]
    public void Transaction_ShouldBeAborted_WhenItsTimeIsUp()
    {
        var producer = Begin();
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(TransactionState.CompleteAbort, _node.Transactions.Find("x")!.State);
        Assert.Equal(_node.Log.EndOffset, _node.Log.LastStableOffset);
        Assert.Equal(ErrorCode.ProducerFenced, _node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: true));
    }

    [Fact]
    public void TransactionalId_ShouldBeForgotten_WhenNobodyUsedItForAWeek()
    {
        var producer = Begin();
        _node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: true);
        _clock.Advance(TransactionCoordinator.IdExpiration - TimeSpan.FromMinutes(1));
        _node.Transactions.Maintain();
        Assert.NotNull(_node.Transactions.Find("x"));

        _clock.Advance(TimeSpan.FromMinutes(2));
        _node.Transactions.Maintain();
        Assert.Null(_node.Transactions.Find("x"));
        using var copy = _folder.Snapshot();
        using var successor = new Node(copy, _clock);
        Assert.Null(successor.Transactions.Find("x"));
    }

    [Fact]
    public void DecidedTransaction_ShouldGetItsMarkers_WhenTheLogCanBeWrittenAgain()
    {
        var producer = Begin();
        _node.Log.Settings = _node.Log.Settings with { SegmentBytes = 14 };
        Directory.Move(_node.Log.Folder, _node.Log.Folder + "-away");
        Assert.NotEqual(ErrorCode.None, _node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: true));
        Assert.Equal(TransactionState.PrepareCommit, _node.Transactions.Find("x")!.State);
        Assert.Equal(0, _node.Log.LastStableOffset);

        Directory.Move(_node.Log.Folder + "-away", _node.Log.Folder);
        _node.Transactions.Maintain();
        Assert.Equal(TransactionState.CompleteCommit, _node.Transactions.Find("x")!.State);
        Assert.Equal(["0:v0"], Committed());
    }

    [Fact]
    public void End_ShouldAnswerTheSame_WhenAskedAgain()
    {
        var producer = Begin();
        Assert.Equal(ErrorCode.None, _node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: true));
        Assert.Equal(ErrorCode.None, _node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: true));
        Assert.Equal(ErrorCode.InvalidTxnState, _node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: false));
        Assert.Equal(["0:v0"], Committed());
    }

    [Fact]
    public void OpenTransaction_ShouldGoOn_AfterACrash()
    {
        var producer = Begin();
        using var folder = _folder.Snapshot();
        using var node = new Node(folder, _clock);
        Assert.Equal(0, node.Log.LastStableOffset);
        Assert.Equal(ErrorCode.None, node.Transactions.End("x", producer.ProducerId, producer.ProducerEpoch, commit: true));
        Assert.Equal(node.Log.EndOffset, node.Log.LastStableOffset);
    }

    [Fact]
    public void DecidedTransaction_ShouldBeFinished_AfterACrashBeforeItsMarkers()
    {
        var producer = Begin();
        var entry = _node.Transactions.Find("x")!;
        entry.State = TransactionState.PrepareCommit;
        new TransactionLog(_node.Catalog, _clock).Save(entry);
        using var folder = _folder.Snapshot();
        using var node = new Node(folder, _clock);
        Assert.Equal(TransactionState.CompleteCommit, node.Transactions.Find("x")!.State);
        Assert.Equal(node.Log.EndOffset, node.Log.LastStableOffset);
        Assert.Equal(["0:v0"], Batches.Records(node.Log, committed: true));
        Assert.Equal(producer.ProducerId, node.Transactions.Find("x")!.ProducerId);
    }

    [Fact]
    public void Within_ShouldRefuseAPartition_ThatWasNotAdded()
    {
        var producer = Begin();
        Assert.Equal(
            ErrorCode.InvalidTxnState,
            _node.Transactions.Within("x", producer.ProducerId, producer.ProducerEpoch, new("t", 9), () => ErrorCode.None, e => e));
    }

    [Fact]
    public void ProducerIds_ShouldNeverComeTwice_AcrossCrashes()
    {
        var seen = new HashSet<long>();
        for (var round = 0; round < 3; round++)
        {
            var source = new ProducerIdSource(_folder.Path);
            for (var i = 0; i < 5; i++)
            {
                Assert.True(seen.Add(source.Next()!.Value));
            }
        }
    }

    private ProducerIdentity Begin()
    {
        var producer = _node.Transactions.Init("x", 10_000, -1, -1);
        Assert.Equal(ErrorCode.None, _node.Transactions.Add("x", producer.ProducerId, producer.ProducerEpoch, [new TopicPartition("t", 0)]));
        Assert.Equal(ErrorCode.None, Append(producer, 0).Error);
        return producer;
    }

    private AppendResult Append(ProducerIdentity producer, int sequence) => _node.Log.Append(
        Batches.From(producer.ProducerId, producer.ProducerEpoch, sequence, true, $"v{sequence}"), AppendOrigin.Client);

    private List<string> Committed()
    {
        var read = _node.Log.Read(0, int.MaxValue, committed: true, atLeastOne: true);
        read.Slice?.Dispose();
        return read.Aborted is { Count: > 0 } ? [] : Batches.Records(_node.Log, committed: true);
    }

    private sealed class Node : IDisposable
    {
        public Node(TempFolder folder, ManualClock clock)
        {
            Catalog = TopicCatalog.Open(new() { DataDirectory = folder.Path }, clock, NullLogger.Instance);
            Groups = new(Catalog, new(), clock);
            Transactions = new(Catalog, Groups, new(folder.Path), clock, TimeSpan.FromMinutes(15), NullLogger.Instance);
            Transactions.Resume();
        }

        public TopicCatalog Catalog { get; }

        public GroupCoordinator Groups { get; }

        public TransactionCoordinator Transactions { get; }

        public PartitionLog Log => Catalog.Find("t")!.Partitions[0].Log;

        public void Dispose()
        {
            Groups.Dispose();
            Transactions.Dispose();
            Catalog.Dispose();
        }
    }
}
