using System.Text;
using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>The group protocol under a clock that only the test moves.</summary>
public sealed class GroupTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private TopicCatalog _catalog;
    private GroupCoordinator _groups;

    public GroupTests()
    {
        _catalog = Catalog(_folder);
        _groups = Coordinator(_catalog);
    }

    public void Dispose()
    {
        _groups.Dispose();
        _catalog.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Join_ShouldGiveANewMemberItsIdFirst_WhenTheClientKnowsHow()
    {
        var first = await _groups.JoinAsync("g", Demand() with { NeedsMemberIdFirst = true });
        Assert.Equal(ErrorCode.MemberIdRequired, first.Error);
        var joined = await _groups.JoinAsync("g", Demand(first.MemberId) with { NeedsMemberIdFirst = true });
        Assert.Equal((ErrorCode.None, 1, first.MemberId), (joined.Error, joined.Generation, joined.Leader));
    }

    [Fact]
    public async Task SecondMember_ShouldMakeTheFirstRejoin_AndBothShareTheNextGeneration()
    {
        var a = await JoinAndSync(Demand());
        var joiningB = _groups.JoinAsync("g", Demand(protocols: "range"));
        Assert.Equal(ErrorCode.RebalanceInProgress, _groups.Find("g")!.Heartbeat(a.MemberId, null, a.Generation));
        var rejoinedA = await _groups.JoinAsync("g", Demand(a.MemberId));
        var joinedB = await joiningB;
        Assert.Equal(a.Generation + 1, rejoinedA.Generation);
        Assert.Equal(rejoinedA.Generation, joinedB.Generation);
        Assert.Equal(2, rejoinedA.Members.Count);
        Assert.Empty(joinedB.Members);

        var syncingB = _groups.Find("g")!.SyncAsync(joinedB.MemberId, null, joinedB.Generation, null, null, []);
        Assert.False(syncingB.IsCompleted);
        await _groups.Find("g")!.SyncAsync(
            a.MemberId, null, rejoinedA.Generation, null, null, new() { [a.MemberId] = [1], [joinedB.MemberId] = [2] });
        Assert.Equal([2], (await syncingB).Assignment);
    }

    [Fact]
    public async Task Member_ShouldBeRemoved_WhenItsSessionEnds()
    {
        var a = await JoinAndSync(Demand());
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(ErrorCode.None, _groups.Find("g")!.Heartbeat(a.MemberId, null, a.Generation));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(GroupState.Stable, _groups.Find("g")!.State);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(GroupState.Empty, _groups.Find("g")!.State);
        Assert.Equal(ErrorCode.UnknownMemberId, _groups.Find("g")!.Heartbeat(a.MemberId, null, a.Generation));
    }

    [Fact]
    public async Task Rebalance_ShouldGoOnWithoutAMember_ThatDoesNotRejoinInTime()
    {
        var a = await JoinAndSync(Demand() with { SessionTimeout = TimeSpan.FromMinutes(20) });
        var joiningB = _groups.JoinAsync("g", Demand());
        Assert.False(joiningB.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(31));
        var b = await joiningB;
        Assert.Equal((ErrorCode.None, b.MemberId), (b.Error, b.Leader));
        Assert.Equal(ErrorCode.UnknownMemberId, _groups.Find("g")!.Heartbeat(a.MemberId, null, a.Generation));
    }

    [Fact]
    public async Task StaticMember_ShouldKeepItsAssignmentWithoutARebalance_WhenItComesBack()
    {
        var demand = Demand() with { InstanceId = "i-1" };
        var first = await JoinAndSync(demand);
        var back = await _groups.JoinAsync("g", demand with { KnowsSkipAssignment = true });
        Assert.Equal((ErrorCode.None, first.Generation, true), (back.Error, back.Generation, back.SkipAssignment));
        Assert.NotEqual(first.MemberId, back.MemberId);
        Assert.Equal(ErrorCode.FencedInstanceId, _groups.Find("g")!.Heartbeat(first.MemberId, "i-1", first.Generation));
        Assert.Equal([7], (await _groups.Find("g")!.SyncAsync(back.MemberId, "i-1", back.Generation, null, null, [])).Assignment);
    }

    [Fact]
    public async Task Join_ShouldBeRefused_WhenNoProtocolIsShared()
    {
        await JoinAndSync(Demand());
        Assert.Equal(ErrorCode.InconsistentGroupProtocol, (await _groups.JoinAsync("g", Demand(protocols: "sticky"))).Error);
    }

    [Fact]
    public async Task Commit_ShouldBeFencedByGeneration_AndClosedToStrangers()
    {
        var a = await JoinAndSync(Demand());
        var offsets = Offsets(5);
        var group = _groups.Find("g")!;
        Assert.Equal(ErrorCode.IllegalGeneration, group.Commit(a.MemberId, null, a.Generation - 1, offsets));
        Assert.Equal(ErrorCode.UnknownMemberId, group.Commit("", null, -1, offsets));
        Assert.Equal(ErrorCode.None, group.Commit(a.MemberId, null, a.Generation, offsets));
        Assert.Equal(5, group.Committed(new("t", 0), out _)!.Offset);
    }

    [Fact]
    public async Task TransactionalCommit_ShouldBeRefused_FromAStaleMemberOrGeneration()
    {
        var a = await JoinAndSync(Demand());
        var group = _groups.Find("g")!;
        Assert.Equal(ErrorCode.UnknownMemberId, group.CommitPending("zombie", null, a.Generation, 1, 0, Offsets(5)));
        Assert.Equal(ErrorCode.IllegalGeneration, group.CommitPending(a.MemberId, null, a.Generation - 1, 1, 0, Offsets(5)));
        Assert.Equal(ErrorCode.None, group.CommitPending(a.MemberId, null, a.Generation, 1, 0, Offsets(5)));
        Assert.Null(group.Committed(new("t", 0), out var unstable));
        Assert.True(unstable);
        group.EndTransaction(1, commit: true);
        Assert.Equal(5, group.Committed(new("t", 0), out unstable)!.Offset);
        Assert.False(unstable);
    }

    [Fact]
    public async Task Coordinator_ShouldForgetNothing_AfterACrash()
    {
        var a = await JoinAndSync(Demand() with { InstanceId = "i-1" });
        _groups.Find("g")!.Commit(a.MemberId, "i-1", a.Generation, Offsets(5));
        _groups.GetOrAdd("other").CommitPending("", null, -1, 77, 0, Offsets(9));

        using var crash = _folder.Snapshot();
        using var catalog = Catalog(crash);
        using var groups = Coordinator(catalog);
        Assert.Equal(ErrorCode.None, groups.Find("g")!.Heartbeat(a.MemberId, "i-1", a.Generation));
        Assert.Equal(5, groups.Find("g")!.Committed(new("t", 0), out _)!.Offset);
        Assert.Equal([7], (await groups.Find("g")!.SyncAsync(a.MemberId, "i-1", a.Generation, null, null, [])).Assignment);
        Assert.Null(groups.Find("other")!.Committed(new("t", 0), out var unstable));
        Assert.True(unstable);
    }

    [Fact]
    public async Task Member_ShouldBeSentToAnotherCoordinator_WhenTheBrokerStops()
    {
        var a = await JoinAndSync(Demand());
        var group = _groups.Find("g")!;
        _groups.Dispose();
        Assert.Equal(ErrorCode.NotCoordinator, group.Heartbeat(a.MemberId, null, a.Generation));
    }

    [Fact]
    public async Task Leave_ShouldEmptyTheGroup_AndLetItBeDeleted()
    {
        var a = await JoinAndSync(Demand());
        Assert.Equal(ErrorCode.NonEmptyGroup, _groups.Delete("g"));
        Assert.Equal(ErrorCode.None, _groups.Find("g")!.Leave(a.MemberId, null));
        Assert.Equal(ErrorCode.None, _groups.Delete("g"));
        Assert.Equal(ErrorCode.GroupIdNotFound, _groups.Delete("g"));
    }

    [Fact]
    public async Task EmptyGroup_ShouldBeForgotten_AfterTheRetentionOfOffsets()
    {
        var a = await JoinAndSync(Demand());
        _groups.Find("g")!.Commit(a.MemberId, null, a.Generation, Offsets(5));
        _groups.Find("g")!.Leave(a.MemberId, null);
        _clock.Advance(TimeSpan.FromDays(6));
        _groups.Expire();
        Assert.NotNull(_groups.Find("g"));
        _clock.Advance(TimeSpan.FromDays(2));
        _groups.Expire();
        Assert.Null(_groups.Find("g"));
    }

    private static Dictionary<TopicPartition, CommittedOffset> Offsets(long offset) => new() { [new("t", 0)] = new(offset, -1, "", 0) };

    private static JoinDemand Demand(string memberId = "", string protocols = "range") => new()
    {
        MemberId = memberId,
        ClientId = "c",
        ClientHost = "127.0.0.1",
        SessionTimeout = TimeSpan.FromSeconds(10),
        RebalanceTimeout = TimeSpan.FromSeconds(30),
        ProtocolType = "consumer",
        Protocols = [.. protocols.Split(',').Select(p => new MemberProtocol(p, Encoding.ASCII.GetBytes(p)))],
    };

    private TopicCatalog Catalog(TempFolder folder) => TopicCatalog.Open(new() { DataDirectory = folder.Path }, _clock, NullLogger.Instance);

    private GroupCoordinator Coordinator(TopicCatalog catalog) => new(catalog, new() { InitialRebalanceDelay = TimeSpan.Zero }, _clock);

    private async Task<JoinResult> JoinAndSync(JoinDemand demand)
    {
        var joined = await _groups.JoinAsync("g", demand);
        Assert.Equal(ErrorCode.None, joined.Error);
        var synced = await _groups.Find("g")!.SyncAsync(
            joined.MemberId, demand.InstanceId, joined.Generation, null, null, new() { [joined.MemberId] = [7] });
        Assert.Equal(ErrorCode.None, synced.Error);
        return joined;
    }
}
