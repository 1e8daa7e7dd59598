using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Streaming.Tests.State;

public sealed class WindowStoreTests
{
    private const long RetentionMs = 100;

    /// <summary>Any sequence of puts, deletions and commits shows what a dictionary limited by retention would, and its changelog rebuilds it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Store_ShouldEqualItsModel_AndItsReplayedChangelog(bool indexed) => Prop.ForAll<(byte Key, byte Time, short Action)[]>(actions =>
    {
        WindowStore<long, long> store = Store(indexed);
        var model = new Dictionary<(long Key, long Start), long>();
        var changelog = new RecordedChangelog();
        long observed = -1;
        foreach ((byte key, byte time, short action) in actions)
        {
            long start = indexed ? time * 3 : time * 3 / 10 * 10;
            switch (action % 4)
            {
                case 0:
                    if (store.TryFetch(key, start, out _))
                    {
                        store.Put(key, default, start);
                    }

                    break;
                case 1:
                    store.WriteChanges(changelog);
                    break;
                default:
                    store.Put(key, action, start);
                    observed = Math.Max(observed, start);
                    if (start >= observed - RetentionMs + 1)
                    {
                        model[(key, start)] = action;
                    }

                    break;
            }

            // A number cannot be null, so that a put of default stays a value of zero.
            if (action % 4 == 0 && model.ContainsKey((key, start)) && start >= observed - RetentionMs + 1)
            {
                model[(key, start)] = 0;
            }
        }

        store.WriteChanges(changelog);
        WindowStore<long, long> replayed = Store(indexed);
        changelog.Replay(replayed);
        (long, long, long)[] expected =
        [
            .. model.Where(pair => pair.Key.Start >= observed - RetentionMs + 1)
                .Select(pair => (pair.Key.Key, pair.Key.Start, pair.Value)).Order(),
        ];
        foreach (WindowStore<long, long> each in new[] { store, replayed })
        {
            Assert.Equal(expected, each.All().Select(pair => (pair.Key.Key, pair.Key.StartMs, pair.Value)).Order());
            foreach (IGrouping<long, (long Key, long Start, long Value)> key in expected.GroupBy(entry => entry.Item1))
            {
                Assert.Equal(key.Select(entry => entry.Start), each.Fetch(key.Key, 0, long.MaxValue).Select(pair => pair.Key.StartMs));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SessionStore_ShouldFindSessionsThatOverlap_InOrderOfTheirEnds()
    {
        var store = (ISessionStore<string, long>)Stores.Session("sessions", Serdes.Utf8, Serdes.Int64, TimeSpan.FromSeconds(1)).Create(Context());
        store.Put(new Windowed<string>("a", 0, 10), 1);
        store.Put(new Windowed<string>("a", 20, 30), 2);
        store.Put(new Windowed<string>("a", 40, 50), 3);
        store.Put(new Windowed<string>("b", 20, 30), 4);
        Assert.Equal([1, 2], store.FindSessions("a", 10, 30).Select(pair => pair.Value));
        Assert.Equal([2, 3], store.FindSessions("a", 11, 40).Select(pair => pair.Value));
        store.Remove(new Windowed<string>("a", 20, 30));
        Assert.Equal([1, 3], store.Fetch("a").Select(pair => pair.Value));
        Assert.Equal(["a", "b", "a"], store.All().Select(pair => pair.Key.Key));
    }

    [Fact]
    public void SessionChangelog_ShouldHaveTheKeysOfKafkaStreams()
    {
        var store = (ISessionStore<string, long>)Stores.Session("sessions", Serdes.Utf8, Serdes.Int64, TimeSpan.FromSeconds(1)).Create(Context());
        store.Put(new Windowed<string>("a", 1, 2), 3);
        var changelog = new RecordedChangelog();
        ((IStateStore)store).WriteChanges(changelog);
        Assert.Equal([(byte)'a', 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1], Assert.Single(changelog.Written).Key);
    }

    private static WindowStore<long, long> Store(bool indexed) => new(
        "windows",
        "windows-changelog",
        Serdes.Int64,
        Serdes.Int64,
        indexed ? SegmentLayout.Indexed(RetentionMs) : new SegmentLayout(RetentionMs, 10, IsIndexed: false),
        10,
        retainDuplicates: false,
        Context(),
        caching: false);

    private static TaskContext Context() => new(new TaskId(0, 0), new TaskServices
    {
        ApplicationId = "app",
        Collector = new MemoryCollector(),
        OnError = _ => ErrorResponse.Fail,
    });
}
