using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using AuditIntel.Kafka;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Bytes that kafka-python 2.0.2, an independent implementation, wrote for the same messages.</summary>
public sealed class GoldenBytesTests
{
    [Fact]
    public void JoinGroupRequest_ShouldHaveTheBytesOfKafkaPython() => Same(
        "000b0002000000070003636c69000167000027100000753000000008636f6e73756d657200000001000572616e6765000000020001",
        ApiKey.JoinGroup,
        2,
        new JoinGroupRequest
        {
            GroupId = "g",
            SessionTimeoutMs = 10_000,
            RebalanceTimeoutMs = 30_000,
            ProtocolType = "consumer",
            Protocols = [new() { Name = "range", Metadata = new byte[] { 0, 1 } }],
        });

    [Fact]
    public void HeartbeatRequest_ShouldHaveTheBytesOfKafkaPython() => Same(
        "000c0001000000070003636c690001670000000300036d2d31",
        ApiKey.Heartbeat,
        1,
        new HeartbeatRequest { GroupId = "g", GenerationId = 3, MemberId = "m-1" });

    [Fact]
    public void FetchRequest_ShouldHaveTheBytesOfKafkaPython() => Same(
        "00010004000000070003636c69ffffffff000001f4000000010320000001000000010001740000000100000000000000000000002a00100000",
        ApiKey.Fetch,
        4,
        new FetchRequest
        {
            MaxWaitMs = 500,
            MinBytes = 1,
            MaxBytes = 52_428_800,
            IsolationLevel = 1,
            Topics = [new() { Topic = "t", Partitions = [new() { Partition = 0, FetchOffset = 42, PartitionMaxBytes = 1_048_576 }] }],
        });

    [Fact]
    public void OffsetCommitRequest_ShouldHaveTheBytesOfKafkaPython() => Same(
        "00080002000000070003636c690001670000000300036d2d31ffffffffffffffff000000010001740000000100000000000000000000002a00046d657461",
        ApiKey.OffsetCommit,
        2,
        new OffsetCommitRequest
        {
            GroupId = "g",
            GenerationIdOrMemberEpoch = 3,
            MemberId = "m-1",
            Topics = [new() { Name = "t", Partitions = [new() { PartitionIndex = 0, CommittedOffset = 42, CommittedMetadata = "meta" }] }],
        });

    [Fact]
    public void MetadataResponse_ShouldHaveTheBytesOfKafkaPython()
    {
        const string Expected = "000000010000000100096c6f63616c686f737400002384ffff000000010000000100000001740000000001"
            + "0000000000000000000100000001000000010000000100000001";
        using var frame = Frame.Response(ApiKey.Metadata, 1, 7, new MetadataResponse
        {
            Brokers = [new() { NodeId = 1, Host = "localhost", Port = 9092 }],
            ControllerId = 1,
            Topics = [new() { Name = "t", Partitions = [new() { PartitionIndex = 0, LeaderId = 1, ReplicaNodes = [1], IsrNodes = [1] }] }],
        });
        Assert.Equal(Expected, Convert.ToHexStringLower(frame.ToArray().AsSpan(8)));
    }

    [Fact]
    public void RecordBatch_ShouldHaveTheBytesOfKafkaPython()
    {
        const string Expected = "00000000000000000000004e0000000002abe5200c00000000000200000174876e800000000174876e8005ffffffffffffffffffff"
            + "ffffffff0000000314000000046b300476300010000a02010476310010000604046b320100";
        var builder = new BatchBuilder(1_600_000_000_000);
        builder.Add(1_600_000_000_000, "k0"u8, isKeyNull: false, "v0"u8, isValueNull: false);
        builder.Add(1_600_000_000_005, default, isKeyNull: true, "v1"u8, isValueNull: false);
        builder.Add(1_600_000_000_003, "k2"u8, isKeyNull: false, default, isValueNull: true);
        Assert.Equal(Expected, Convert.ToHexStringLower(builder.Build()));
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Crc32C_ShouldHaveThePublishedValues(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Compute(System.Text.Encoding.ASCII.GetBytes(text)));

    private static void Same<T>(string expected, ApiKey key, short version, T request)
        where T : class, IMessage<T>, new()
    {
        using var frame = Frame.Request(key, version, 7, "cli", request);
        Assert.Equal(expected, Convert.ToHexStringLower(frame.ToArray().AsSpan(4)));
    }
}
