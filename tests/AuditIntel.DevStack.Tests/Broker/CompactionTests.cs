using AuditIntel.DevStack.Log;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class CompactionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Clean_ShouldKeepTheLastRecordOfEveryKey()
    {
        using var log = Open();
        for (var i = 0; i < 300; i++)
        {
            log.Append(Batches.Keyed($"k{i % 7}", $"v{i}"), AppendOrigin.Client);
        }

        var before = Last(Batches.Records(log));
        var size = log.SizeBytes;
        log.Clean(CancellationToken.None);
        var records = Batches.Records(log);
        Assert.Equal(before, Last(records));
        Assert.True(log.SizeBytes < size / 4);
        Assert.Equal(300, log.EndOffset);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void CleanOfManyRounds_ShouldKeepTheLastRecordOfEveryKey_HoweverFewKeysARoundRemembers(int keysOfARound)
    {
        var random = new Random(keysOfARound);
        using var log = Open(keysOfARound);
        var written = new Dictionary<string, string>();
        for (var i = 0; i < 600; i++)
        {
            var key = $"k{random.Next(40)}";
            log.Append(Batches.Keyed(key, $"v{i}"), AppendOrigin.Client);
            written[key] = $"v{i}";
            if (random.Next(10) == 0)
            {
                log.Clean(CancellationToken.None);
                Assert.Equal(written.OrderBy(pair => pair.Key), Last(Batches.Records(log)).OrderBy(pair => pair.Key));
            }
        }

        // Each round is one further key at the least.
        FillSegment(log, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        for (var i = 0; i < 700; i++)
        {
            log.Clean(CancellationToken.None);
        }

        var records = Batches.Records(log).Where(record => record.Contains(":k")).ToArray();
        Assert.Equal(written.Count, records.Length);
    }

    [Fact]
    public void Clean_ShouldDropTombstonesOnlyAfterTheirRetention()
    {
        using var log = Open();
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        log.Append(Batches.Keyed("gone", "v", now), AppendOrigin.Client);
        log.Append(Batches.Keyed("gone", null, now), AppendOrigin.Client);
        FillSegment(log, now);
        log.Clean(CancellationToken.None);
        Assert.Contains("1:gone=null", Batches.Records(log));

        _clock.Advance(TimeSpan.FromHours(2));
        FillSegment(log, now);
        log.Clean(CancellationToken.None);
        Assert.DoesNotContain("1:gone=null", Batches.Records(log));
    }

    [Fact]
    public void CompactedLog_ShouldReadTheSame_AfterAReopening()
    {
        List<string> expected;
        using (var log = Open())
        {
            for (var i = 0; i < 100; i++)
            {
                log.Append(Batches.Keyed($"k{i % 3}", $"v{i}"), AppendOrigin.Client);
            }

            log.Clean(CancellationToken.None);
            expected = Batches.Records(log);
        }

        using var reopened = Open();
        Assert.Equal(expected, Batches.Records(reopened));
        Assert.Equal(100, reopened.EndOffset);
    }

    [Fact]
    public void Clean_ShouldDropTheRecordsOfAbortedTransactions()
    {
        using var log = Open();
        log.Append(Batches.Keyed("k", "committed"), AppendOrigin.Client);
        var builder = new BatchBuilder(1_000) { ProducerId = 5, ProducerEpoch = 0, BaseSequence = 0, Attributes = 16 };
        builder.Add(1_000, "k"u8, isKeyNull: false, "aborted"u8, isValueNull: false);
        log.Append(builder.Build(), AppendOrigin.Client);
        log.Append(ControlRecord.Marker(5, 0, commit: false, 0, 1_000), AppendOrigin.Broker);
        FillSegment(log, 1_000);
        log.Clean(CancellationToken.None);
        var records = Batches.Records(log);
        Assert.Contains("0:k=committed", records);
        Assert.DoesNotContain("1:k=aborted", records);
    }

    private static void FillSegment(PartitionLog log, long timestamp)
    {
        for (var i = 0; i < 20; i++)
        {
            log.Append(Batches.Keyed("filler", new string('x', 100), timestamp), AppendOrigin.Client);
        }
    }

    private static Dictionary<string, string> Last(List<string> records)
    {
        var last = new Dictionary<string, string>();
        foreach (var parts in records.Select(r => r[(r.IndexOf(':') + 1)..].Split('=')))
        {
            last[parts[0]] = parts[1];
        }

        return last;
    }

    private PartitionLog Open(int cleanerKeys = 1_000) => PartitionLog.Open(
        _folder.Path,
        new() { CleanerKeys = cleanerKeys, Compact = true, Delete = false, SegmentBytes = 1_000, DeleteRetentionMs = 3_600_000, MinCleanableDirtyRatio = 0.01 },
        _clock);
}
