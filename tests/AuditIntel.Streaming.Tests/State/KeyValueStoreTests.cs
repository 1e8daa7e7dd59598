using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Streaming.Tests.State;

public sealed class KeyValueStoreTests
{
    [Fact]
    public void Changes_ShouldBeWrittenOnceAKey_WithTheNewestValueAndTimestamp()
    {
        KeyValueStore<string, long> store = Store<string>(Serdes.Utf8);
        store.Put("a", 1, 10);
        store.Put("b", 1, 11);
        store.Put("a", 2, 12);
        var changelog = new RecordedChangelog();
        store.WriteChanges(changelog);
        Assert.Equal([("a", 12L), ("b", 11L)], changelog.Written.Select(change => (System.Text.Encoding.UTF8.GetString(change.Key), change.TimestampMs)));
        Assert.False(store.HasChanges);
    }

    [Fact]
    public void Delete_ShouldWriteATombstone_AndFreeTheKey()
    {
        KeyValueStore<string, long> store = Store<string>(Serdes.Utf8);
        store.Put("a", 1, 10);
        store.WriteChanges(new RecordedChangelog());
        Assert.True(store.Delete("a"));
        Assert.False(store.Delete("a"));
        Assert.False(store.TryGet("a", out _));
        var changelog = new RecordedChangelog();
        store.WriteChanges(changelog);
        Assert.True(Assert.Single(changelog.Written).IsTombstone);
        Assert.Equal(0, store.Count);
        store.WriteAll(changelog);
        Assert.Single(changelog.Written);
    }

    [Fact]
    public void ChangeSet_ShouldStay_WhenTheChangelogFails()
    {
        KeyValueStore<string, long> store = Store<string>(Serdes.Utf8);
        store.Put("a", 1, 10);
        Assert.Throws<IOException>(() => store.WriteChanges(new FailingChangelog()));
        Assert.True(store.HasChanges);
    }

    [Fact]
    public void Restore_ShouldNotCountAsAChange()
    {
        KeyValueStore<string, long> store = Store<string>(Serdes.Utf8);
        store.Restore("a"u8, isTombstone: false, [0, 0, 0, 0, 0, 0, 0, 7], 33);
        Assert.False(store.HasChanges);
        Assert.True(store.TryGet("a", out long value, out long timestamp));
        Assert.Equal((7, 33), (value, timestamp));
        store.Restore("a"u8, isTombstone: true, [], 34);
        Assert.Equal(0, store.Count);
    }

    [Fact]
    public void ByteKeys_ShouldBeComparedByContent()
    {
        KeyValueStore<byte[], long> store = Store<byte[]>(Serdes.Bytes);
        store.Put([1, 2], 1, 0);
        store.Put([1, 2], 2, 0);
        Assert.Equal(1, store.Count);
        Assert.True(store.TryGet([1, 2], out long value));
        Assert.Equal(2, value);
    }

    [Fact]
    public void OrderedStore_ShouldGiveRangesByKey()
    {
        var definition = (KeyValueStoreDefinition<string, long>)Stores.OrderedKeyValue("ordered", Serdes.Utf8, Serdes.Int64);
        var store = (IKeyValueStore<string, long>)definition.Create(Context());
        foreach (string key in new[] { "d", "b", "a", "c" })
        {
            store.Put(key, key[0]);
        }

        store.Delete("c");
        Assert.Equal(["b", "d"], store.Range("b", "e").Select(pair => pair.Key));
        Assert.Equal(["a", "b", "d"], store.All().Select(pair => pair.Key));
        Assert.Empty(store.Range("e", "b"));
    }

    /// <summary>Any sequence of puts, deletions and commits leaves the store as a dictionary would be, and its changelog rebuilds it.</summary>
    [Fact]
    public void Store_ShouldEqualItsModel_AndItsReplayedChangelog() =>
        Prop.ForAll<(byte Key, short Action)[]>(actions =>
        {
            KeyValueStore<long, long> store = Store<long>(Serdes.Int64);
            var model = new Dictionary<long, long>();
            var changelog = new RecordedChangelog();
            foreach ((byte key, short action) in actions)
            {
                switch (action % 4)
                {
                    case 0:
                        Assert.Equal(model.Remove(key), store.Delete(key));
                        break;
                    case 1:
                        store.WriteChanges(changelog);
                        break;
                    default:
                        store.Put(key, action, action);
                        model[key] = action;
                        break;
                }

                Assert.Equal(model.Count, store.Count);
            }

            store.WriteChanges(changelog);
            KeyValueStore<long, long> replayed = Store<long>(Serdes.Int64);
            changelog.Replay(replayed);
            var whole = new RecordedChangelog();
            store.WriteAll(whole);
            KeyValueStore<long, long> copied = Store<long>(Serdes.Int64);
            whole.Replay(copied);
            foreach (KeyValueStore<long, long> each in new[] { store, replayed, copied })
            {
                Assert.Equal(model.OrderBy(pair => pair.Key), each.All().OrderBy(pair => pair.Key));
            }
        }).QuickCheckThrowOnFailure();

    private static KeyValueStore<TKey, long> Store<TKey>(ISerde<TKey> serde)
        where TKey : notnull => new("store", "store-changelog", serde, Serdes.Int64, Context(), caching: false);

    private static TaskContext Context() => new(new TaskId(0, 0), new TaskServices
    {
        ApplicationId = "app",
        Collector = new MemoryCollector(),
        OnError = _ => ErrorResponse.Fail,
    });

    private sealed class FailingChangelog : IChangelog
    {
        public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs) => throw new IOException("no");
    }
}
