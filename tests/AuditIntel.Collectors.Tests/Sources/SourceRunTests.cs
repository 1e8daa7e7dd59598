using System.Diagnostics;
using AuditIntel.Collectors.Publishing;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Running;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.Collectors.Tests.Sources.Site;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Sources;

/// <summary>Sources pass after pass.</summary>
public sealed class SourceRunTests
{
    private readonly MemoryOutput _output = new();
    private readonly MemoryCursors _cursors = new();

    public static TheoryData<SiteKind> Kinds() => [.. Enum.GetValues<SiteKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SecondPass_ShouldAskForChangesOnly_AndPublishNothing(SiteKind kind)
    {
        await using LocalSite site = await LocalSite.StartAsync(kind);
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(site.Entry(kind));
        await Runs.OnceAsync(sources, _output, _cursors);
        int published = _output.Items.Count;
        int requests = site.Requests.Count;
        IReadOnlyList<SourceStatus> second = await Runs.OnceAsync(sources, _output, _cursors);
        Assert.Equal(SourceCondition.Ok, second[0].Condition);
        Assert.Equal(published, _output.Items.Count);
        Assert.InRange(second[0].NotModified, 1, 2);

        // The listing of an owner's repositories is asked in full; everything else answers 304.
        int[] statuses = [.. site.Statuses.Skip(requests)];
        Assert.Equal(kind is SiteKind.SherlockOwner ? [200, 200, 304, 304] : [304], statuses.Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ChangedText_ShouldBePublishedAgain_UnderTheSameId(SiteKind kind)
    {
        await using LocalSite site = await LocalSite.StartAsync(kind);
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(site.Entry(kind));
        await Runs.OnceAsync(sources, _output, _cursors);
        RawFinding[] first = [.. _output.Findings];
        Func<int, string> before = site.Content.BodyOf;
        site.Content.BodyOf = number => number == 2 ? "Mended since, with another text." : before(number);
        if (kind is SiteKind.HtmlLinks or SiteKind.Code4renaSite)
        {
            // A change behind a listing that stays as it is is seen when the listing changes.
            await _cursors.SaveAsync((await _cursors.LoadAsync("source/" + sources[0].Id, default))! with { Token = null }, default);
        }

        await Runs.OnceAsync(sources, _output, _cursors);
        RawFinding[] again = [.. _output.Findings.Skip(first.Length)];
        RawFinding changed = again.Single(finding => finding.Body.Contains("Mended since"));
        Assert.Contains(first, finding => (finding.Platform, finding.Contest, finding.NativeId) == (changed.Platform, changed.Contest, changed.NativeId));
        if (kind is not (SiteKind.HtmlLinks or SiteKind.Code4renaSite))
        {
            Assert.Single(again);
        }
    }

    [Theory]
    [InlineData(SiteKind.JsonByPage)]
    [InlineData(SiteKind.JsonByCursor)]
    [InlineData(SiteKind.JsonByLink)]
    [InlineData(SiteKind.Html)]
    [InlineData(SiteKind.HtmlLinks)]
    [InlineData(SiteKind.SherlockOwner)]
    public async Task PassThatIsCutOff_ShouldGoOnWhereItStopped(SiteKind kind)
    {
        await using LocalSite site = await LocalSite.StartAsync(kind);
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(site.Entry(kind));
        using var kill = new CancellationTokenSource();
        int batches = 0;
        _output.OnPublish = _ =>
        {
            if (++batches == 3)
            {
                kill.Cancel();
                kill.Token.ThrowIfCancellationRequested();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.OnceAsync(sources, _output, _cursors, kill.Token));
        int before = _output.Findings.Count;
        Assert.InRange(before, 1, SiteContent.Findings - 1);
        int requests = site.Requests.Count;

        await Runs.OnceAsync(sources, _output, _cursors);
        Assert.Equal(SiteContent.Findings, _output.Findings.Count);
        Assert.Equal(SiteContent.Findings, _output.Findings.DistinctBy(finding => (finding.Contest, finding.NativeId)).Count());
        if (kind is SiteKind.JsonByPage or SiteKind.JsonByCursor or SiteKind.JsonByLink or SiteKind.Html)
        {
            Assert.DoesNotContain(site.Requests.First(), site.Requests.Skip(requests));
        }
    }

    [Fact]
    public async Task FailingSource_ShouldNotDisturbTheOthers()
    {
        SiteMode[] bad = [SiteMode.Fails, SiteMode.Resets, SiteMode.TimesOut, SiteMode.Huge, SiteMode.Truncated, SiteMode.RedirectsInCircle, SiteMode.RobotsForbid, SiteMode.ThrottledForLong];
        await using LocalSite site = await LocalSite.StartAsync([.. bad.Select(mode => (SiteKind.Rss, mode)), (SiteKind.Atom, SiteMode.Healthy)]);
        IReadOnlyList<SourceDefinition> sources =
            Runs.Sources([.. bad.Select(mode => site.Entry(SiteKind.Rss, mode).Replace("every: 1s", "every: 1d")), site.Entry(SiteKind.Atom)]);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, SourceStatus>();
        int passes = 0;
        using var stop = new CancellationTokenSource();
        SourceRunOptions options = Runs.Options with { Once = false, MaxParallel = 2 };
        Task run = new SourceCollector(sources, _output, _cursors, options, status =>
        {
            seen[status.Id] = status;
            if (status is { Id: "atom-healthy", Condition: SourceCondition.Ok })
            {
                Interlocked.Increment(ref passes);
            }
        }).RunAsync(stop.Token);
        await Eventually.IsTrueAsync(
            () => passes >= 3 && bad.All(mode => seen.TryGetValue(SiteEntries.IdOf(SiteKind.Rss, mode), out SourceStatus? status) && status.FailingSince is not null),
            () => string.Join("; ", seen.Values));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(SiteContent.Findings, _output.Findings.Count);
        SourceStatus throttled = seen[SiteEntries.IdOf(SiteKind.Rss, SiteMode.ThrottledForLong)];
        Assert.Equal((SourceCondition.Failing, FetchFault.Throttled), (throttled.Condition, throttled.Fault));
        Assert.True(throttled.NextRun > DateTimeOffset.UtcNow.AddMinutes(50), $"{throttled.NextRun}");

        // The broken document is kept once, however often it is read.
        Assert.Equal(CollectionError.MalformedDocument, Assert.Single(_output.Letters).ErrorClass);
    }

    [Fact]
    public async Task OneBrokenPageOfMany_ShouldBeTriedAgain_WithoutTheOthers()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.HtmlLinks);
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(site.Entry(SiteKind.HtmlLinks));
        bool broken = true;
        site.Hide = path => broken && path == "/findings/3";
        IReadOnlyList<SourceStatus> first = await Runs.OnceAsync(sources, _output, _cursors);
        Assert.Equal((SourceCondition.Failing, FetchFault.Status), (first[0].Condition, first[0].Fault));
        Assert.Equal(SiteContent.Findings - 1, _output.Findings.Count);
        broken = false;
        IReadOnlyList<SourceStatus> second = await Runs.OnceAsync(sources, _output, _cursors);
        Assert.Equal(SourceCondition.Ok, second[0].Condition);
        Assert.Equal(SiteContent.Findings, _output.Findings.Count);
    }

    [Fact]
    public async Task RestartedProgram_ShouldWaitForTheTurnOfACompletedSource()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.Rss);
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(site.Entry(SiteKind.Rss).Replace("every: 1s", "every: 1h"));
        await Runs.OnceAsync(sources, _output, _cursors);
        int requests = site.Requests.Count;
        var waits = new TaskCompletionSource<SourceStatus>();
        using var stop = new CancellationTokenSource();
        Task run = new SourceCollector(sources, _output, _cursors, Runs.Options with { Once = false }, status => waits.TrySetResult(status)).RunAsync(stop.Token);
        SourceStatus status = await waits.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(SourceCondition.Waiting, status.Condition);
        Assert.InRange((status.NextRun!.Value - DateTimeOffset.UtcNow).TotalMinutes, 50, 61);
        Assert.Equal(requests, site.Requests.Count);
    }

    [Fact]
    public async Task SourcesOnTheBroker_ShouldPublishOnce_AskForChanges_AndGoOnAfterAKill()
    {
        await using ChainStack stack = await ChainStack.StartAsync();
        SiteKind[] kinds = [SiteKind.SherlockOwner, SiteKind.JsonByPage, SiteKind.Rss];
        await using LocalSite site = await LocalSite.StartAsync([.. kinds.Select(kind => (kind, SiteMode.Healthy))]);
        IReadOnlyList<SourceDefinition> sources = Runs.Sources([.. kinds.Select(kind => site.Entry(kind))]);

        // The first program is cut off while its sources are in the middle.
        using (var kill = new CancellationTokenSource())
        {
            site.OnRequest = number => number == 6 ? kill.CancelAsync() : Task.CompletedTask;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OnBrokerAsync(stack, sources, kill.Token));
            site.OnRequest = null;
        }

        IReadOnlyList<SourceStatus> second = await OnBrokerAsync(stack, sources, CancellationToken.None);
        Assert.All(second, status => Assert.Equal(SourceCondition.Ok, status.Condition));
        int records = (await stack.ReadAsync<RawFinding>(Topics.RawFindings)).Count;

        // A pass that went on in the middle never saw its first page: the next one reads it once more, and only the one after it gets by with 304s.
        IReadOnlyList<SourceStatus> third = await OnBrokerAsync(stack, sources, CancellationToken.None);
        Assert.All(third, status => Assert.Equal(0, status.Published));
        IReadOnlyList<SourceStatus> fourth = await OnBrokerAsync(stack, sources, CancellationToken.None);
        Assert.All(fourth, status => Assert.Equal((0, true), (status.Published, status.NotModified > 0)));

        IReadOnlyList<(string Key, RawFinding Value)> findings = await stack.ReadAsync<RawFinding>(Topics.RawFindings);
        Assert.Equal(records, findings.Count);
        Assert.Equal(kinds.Length * SiteContent.Findings, findings.DistinctBy(each => FindingId.Of(each.Value.Platform, each.Value.Contest, each.Value.NativeId)).Count());
        Assert.All(findings, each => Assert.Equal(ContestKey.Of(each.Value.Platform, each.Value.Contest), each.Key));
        using TopicSourceCursors cursors = await stack.CursorsAsync();
        IReadOnlyDictionary<string, SourceProgress> progress = await SourceProgress.LoadAsync(cursors, CancellationToken.None);
        Assert.Equal(sources.Select(source => source.Id).Order(), progress.Keys.Order());
        Assert.All(progress.Values, each => Assert.True(each is { CompletedAt: not null, Interrupted: false }));
    }

    [Fact]
    public void State_ShouldSurviveItsCursor_AndStayBounded()
    {
        var state = new SourceState { CompletedAt = DateTimeOffset.UnixEpoch, Published = 12 };
        for (int i = 0; i < SourceState.MostSeen + 10; i++)
        {
            state.KeepDocument($"d{i}", "h");
        }

        var page = new Uri("https://example.org/x");
        state.Keep(page, new PageValidator("\"a\"", null));
        state.GoOnAt(page);
        SourceCursor cursor = state.ToCursor("x", DateTimeOffset.UnixEpoch);
        Assert.InRange(cursor.Token!.Length, 1_000_000, 6_000_000);
        SourceState read = SourceState.Of(cursor);
        Assert.False(read.HasDocument("d0", "h"));
        Assert.True(read.HasDocument($"d{SourceState.MostSeen}", "h"));
        Assert.False(read.HasDocument($"d{SourceState.MostSeen}", "other"));
        Assert.Equal(("\"a\"", page, 12L), (read.ValidatorOf(page)!.ETag, read.Resume, read.Published));
        Assert.True(SourceState.Of(cursor with { Token = "{broken" }).CompletedAt is null);
    }

    private static async Task<IReadOnlyList<SourceStatus>> OnBrokerAsync(ChainStack stack, IReadOnlyList<SourceDefinition> sources, CancellationToken cancellationToken)
    {
        using TopicSourceCursors cursors = await stack.CursorsAsync();
        using FindingsPublisher publisher = await FindingsPublisher.CreateAsync(stack.Kafka, stack.Registry, "sources", null, CancellationToken.None);
        using var output = new TopicSourceOutput(publisher);
        return await Runs.OnceAsync(sources, output, cursors, cancellationToken);
    }
}
