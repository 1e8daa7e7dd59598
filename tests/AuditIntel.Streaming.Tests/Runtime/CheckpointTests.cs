using System.Text;
using AuditIntel.Streaming.Runtime.Checkpoints;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.Runtime;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Content_ShouldComeBack_UpToTheLastCommit()
    {
        using (CheckpointLog log = Open(out _))
        {
            Put(log, "a", "1");
            Put(log, "b", "2");
            log.Commit(10);
            Put(log, "a", null);
            log.Commit(20);
            Put(log, "c", "never committed");
        }

        using CheckpointLog again = Open(out List<string> records);
        Assert.Equal(20, again.Offset);
        Assert.Equal(["a=1@7", "b=2@7", "a=null@7"], records);
    }

    [Fact]
    public void TornFrame_ShouldBeCutOff_AtWhateverByte()
    {
        string path = Path.Combine(_folder, "store.checkpoint");
        using (CheckpointLog log = Open(out _))
        {
            Put(log, "a", "1");
            log.Commit(10);
        }

        long whole = new FileInfo(path).Length;
        using (CheckpointLog log = Open(out _))
        {
            Put(log, "b", "2");
            log.Commit(20);
        }

        byte[] bytes = File.ReadAllBytes(path);
        for (int length = (int)whole; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            using CheckpointLog log = Open(out List<string> records);
            Assert.Equal(10, log.Offset);
            Assert.Equal(["a=1@7"], records);
        }

        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        using CheckpointLog damaged = Open(out _);
        Assert.Equal(10, damaged.Offset);
        Put(damaged, "c", "3");
        damaged.Commit(30);
        damaged.Dispose();
        using CheckpointLog mended = Open(out List<string> kept);
        Assert.Equal(["a=1@7", "c=3@7"], kept);
    }

    [Fact]
    public void RewrittenFile_ShouldHoldTheContentOnce_AndCountOnlyWhenItIsWhole()
    {
        string path = Path.Combine(_folder, "store.checkpoint");
        string value = new('x', 1000);
        using (CheckpointLog log = Open(out _))
        {
            for (int i = 1; !log.NeedsRewrite; i++)
            {
                Put(log, "key", value);
                log.Commit(i);
            }

            log.Rewrite(changelog =>
            {
                for (int i = 0; i < 3000; i++)
                {
                    Put(changelog, $"key{i}", value);
                }
            });
            Assert.False(log.NeedsRewrite);
        }

        using (CheckpointLog log = Open(out List<string> records))
        {
            Assert.Equal(3000, records.Count);
            Assert.NotNull(log.Offset);
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        using CheckpointLog torn = Open(out _);
        Assert.Null(torn.Offset);
    }

    private static void Put(IChangelog log, string key, string? value) =>
        log.Write(Encoding.UTF8.GetBytes(key), value is null, Encoding.UTF8.GetBytes(value ?? ""), 7);

    private CheckpointLog Open(out List<string> records)
    {
        var read = new List<string>();
        records = read;
        return CheckpointLog.Open(
            Path.Combine(_folder, "store.checkpoint"),
            (key, isTombstone, value, timestampMs) => read.Add($"{Encoding.UTF8.GetString(key)}={(isTombstone ? "null" : Encoding.UTF8.GetString(value))}@{timestampMs}"));
    }
}
