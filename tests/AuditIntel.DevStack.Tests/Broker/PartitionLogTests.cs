using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;
using AuditIntel.Kafka;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class PartitionLogTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_ShouldAssignFollowingOffsets()
    {
        using var log = Open();
        Assert.Equal(0, log.Append(Batches.Of("a", "b"), AppendOrigin.Client).BaseOffset);
        Assert.Equal(2, log.Append(Batches.Of("c"), AppendOrigin.Client).BaseOffset);
        Assert.Equal(["0:a", "1:b", "2:c"], Batches.Records(log));
    }

    [Fact]
    public void Append_ShouldRefuseABatch_WhenOneByteOfItChanged()
    {
        using var log = Open();
        for (var i = BatchHeader.MagicPosition; i < Batches.Of("a").Length; i++)
        {
            var batch = Batches.Of("a");
            batch[i] ^= 0x40;
            Assert.NotEqual(ErrorCode.None, log.Append(batch, AppendOrigin.Client).Error);
        }

        Assert.Equal(0, log.EndOffset);
    }

    [Fact]
    public void Append_ShouldRefuseOldFormats_WithTheErrorForTheFormat()
    {
        using var log = Open();
        var old = new byte[40];
        old[BatchHeader.MagicPosition] = 1;
        Assert.Equal(ErrorCode.UnsupportedForMessageFormat, log.Append(old, AppendOrigin.Client).Error);
    }

    [Fact]
    public void Append_ShouldRefuseABatchAboveTheLimit()
    {
        using var log = Open(new() { MaxMessageBytes = 100 });
        Assert.Equal(ErrorCode.MessageTooLarge, log.Append(Batches.Of(new string('x', 100)), AppendOrigin.Client).Error);
    }

    [Fact]
    public void Append_ShouldStampItsOwnTime_WhenTheTopicSaysLogAppendTime()
    {
        using var log = Open(new() { LogAppendTime = true });
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var batch = Batches.Of("a");
        Assert.Equal(now, log.Append(batch, AppendOrigin.Client).AppendTime);
        var header = BatchHeader.Read(batch);
        Assert.True(header.IsLogAppendTime);
        Assert.Equal(now, header.MaxTimestamp);
        Assert.Equal(Crc32C.Compute(batch.AsSpan(BatchHeader.CrcStart)), header.Crc);
    }

    [Fact]
    public void Open_ShouldCutTheTornTailOff_WhereverTheWriteWasTorn()
    {
        int whole;
        using (var log = Open())
        {
            log.Append(Batches.Of("a", "b"), AppendOrigin.Client);
            whole = (int)log.SizeBytes;
            log.Append(Batches.Of("c"), AppendOrigin.Client);
        }

        var path = Path.Combine(_folder.Path, LogSegment.NameOf(0) + ".log");
        var bytes = File.ReadAllBytes(path);
        for (var length = whole; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            using var log = Open();
            Assert.Equal(2, log.EndOffset);
            Assert.Equal(whole, log.SizeBytes);
            Assert.Equal(2, log.Append(Batches.Of("d"), AppendOrigin.Client).BaseOffset);
            Assert.Equal(["0:a", "1:b", "2:d"], Batches.Records(log));
        }
    }

    [Fact]
    public void Open_ShouldStopBeforeABatchWithAWrongCrc_AfterACrash()
    {
        using (var log = Open())
        {
            log.Append(Batches.Of("a"), AppendOrigin.Client);
            log.Append(Batches.Of("b"), AppendOrigin.Client);
        }

        File.Delete(_folder["checkpoint.state"]);
        var path = _folder[LogSegment.NameOf(0) + ".log"];
        var bytes = File.ReadAllBytes(path);
        bytes[^2] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var reopened = Open();
        Assert.Equal(1, reopened.EndOffset);
        Assert.NotNull(reopened.Repaired);
    }

    [Fact]
    public void Log_ShouldHoldEveryAppendedRecord_WhateverIsAppendedRolledAndReopened()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            using var folder = new TempFolder();
            var random = new Random(seed);
            var settings = new LogSettings { SegmentBytes = 700, CheckpointBytes = 150, Delete = false };
            List<string> expected = [];
            var log = PartitionLog.Open(folder.Path, settings, _clock);
            for (var step = 0; step < 40; step++)
            {
                var values = Enumerable.Range(0, random.Next(1, 5)).Select(i => $"{step}.{i}{new string('x', random.Next(60))}").ToArray();
                var offset = log.Append(Batches.At(random.Next(1, 10_000), values), AppendOrigin.Client).BaseOffset;
                expected.AddRange(values.Select((v, i) => $"{offset + i}:{v}"));
                switch (random.Next(8))
                {
                    case 0:
                        log.Dispose();
                        log = PartitionLog.Open(folder.Path, settings, _clock);
                        break;
                    case 1:
                        // As after kill -9: the files as they are, nothing saved.
                        using (var copy = folder.Snapshot())
                        using (var crashed = PartitionLog.Open(copy.Path, settings, _clock))
                        {
                            Assert.Equal(expected, Batches.Records(crashed));
                        }

                        break;
                }
            }

            Assert.Equal(expected, Batches.Records(log));
            Assert.Equal(expected.Count, log.EndOffset);
            log.Dispose();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void FindByTime_ShouldFindTheFirstRecordAtOrAfterATime_LikeASearchThroughAll()
    {
        using var log = Open(new() { SegmentBytes = 2_000, Delete = false });
        var random = new Random(7);
        List<(long Offset, long Time)> all = [];
        for (var i = 0; i < 200; i++)
        {
            var time = 10_000 + (i * 10) + random.Next(-50, 50);
            all.Add((log.Append(Batches.At(time, new string('x', 50)), AppendOrigin.Client).BaseOffset, time));
        }

        for (var time = 9_900L; time < 12_200; time += 7)
        {
            (long, long)? expected = all.Any(r => r.Time >= time) ? all.First(r => r.Time >= time) : null;
            Assert.Equal(expected, log.FindByTime(time));
        }

        Assert.Equal(all.First(r => r.Time == all.Max(m => m.Time)), log.FindMaxTimestamp());
    }

    [Fact]
    public void Clean_ShouldDeleteSegmentsOlderThanTheRetention()
    {
        using var log = Open(new() { SegmentBytes = 200, RetentionMs = 60_000 });
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        log.Append(Batches.At(now - 120_000, new string('o', 150)), AppendOrigin.Client);
        log.Append(Batches.At(now - 90_000, new string('p', 150)), AppendOrigin.Client);
        log.Append(Batches.At(now, "new"), AppendOrigin.Client);
        log.Clean(CancellationToken.None);
        Assert.Equal(2, log.StartOffset);
        Assert.Equal(["2:new"], Batches.Records(log));
        Assert.Equal(ErrorCode.OffsetOutOfRange, log.Read(1, 100, committed: false, atLeastOne: true).Error);
    }

    [Fact]
    public void Clean_ShouldDeleteTheOldestSegments_WhenTheLogIsLargerThanAllowed()
    {
        using var log = Open(new() { SegmentBytes = 300, RetentionBytes = 700, RetentionMs = -1 });
        for (var i = 0; i < 10; i++)
        {
            log.Append(Batches.Of(new string('x', 200)), AppendOrigin.Client);
        }

        log.Clean(CancellationToken.None);
        Assert.InRange(log.SizeBytes, 700, 1_000);
        Assert.True(log.StartOffset > 0);
    }

    [Fact]
    public void DeleteBefore_ShouldHold_AfterAReopening()
    {
        using (var log = Open())
        {
            log.Append(Batches.Of("a", "b", "c"), AppendOrigin.Client);
            Assert.Equal(2, log.DeleteBefore(2));
            Assert.Null(log.DeleteBefore(4));
        }

        using var reopened = Open();
        Assert.Equal(2, reopened.StartOffset);
    }

    [Fact]
    public void Slice_ShouldStayReadable_WhenItsSegmentIsDeletedMeanwhile()
    {
        using var log = Open(new() { SegmentBytes = 100, RetentionMs = 1 });
        log.Append(Batches.Of("a"), AppendOrigin.Client);
        using var slice = log.Read(0, 1000, committed: false, atLeastOne: true).Slice!;
        log.Append(Batches.Of("b"), AppendOrigin.Client);
        log.Clean(CancellationToken.None);
        var bytes = new byte[slice.Length];
        slice.Read(0, bytes);
        Assert.Equal(0, BatchHeader.Read(bytes).BaseOffset);
        Assert.True(log.StartOffset > 0);
    }

    private PartitionLog Open(LogSettings? settings = null) => PartitionLog.Open(_folder.Path, settings ?? new(), _clock);
}
