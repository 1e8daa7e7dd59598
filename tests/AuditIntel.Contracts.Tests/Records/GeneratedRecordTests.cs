using System.Buffers;
using AuditIntel.Avro;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Contracts.Tests.Records;

public sealed class GeneratedRecordTests
{
    [Fact]
    public void RawFinding_ShouldRoundTrip() => RoundTrips<RawFinding>();

    [Fact]
    public void Contest_ShouldRoundTrip() => RoundTrips<Contest>();

    [Fact]
    public void Finding_ShouldRoundTrip() => RoundTrips<Finding>();

    [Fact]
    public void FindingDuplicate_ShouldRoundTrip() => RoundTrips<FindingDuplicate>();

    [Fact]
    public void DeadLetter_ShouldRoundTrip() => RoundTrips<DeadLetter>();

    [Fact]
    public void FindingTrend_ShouldRoundTrip() => RoundTrips<FindingTrend>();

    [Fact]
    public void EmergingThreat_ShouldRoundTrip() => RoundTrips<EmergingThreat>();

    [Fact]
    public void RawFinding_ShouldAskOnlyForFieldsWithoutDefault()
    {
        RawFinding finding = Minimal();
        Assert.Null(finding.Url);
        Assert.Empty(finding.Authors);
        Assert.Null(finding.PublishedAt);
        Assert.Equal(finding, Decode<RawFinding>(Encode(finding)));
    }

    [Fact]
    public void Records_ShouldBeEqualByValue_ListsIncluded()
    {
        RawFinding one = Minimal() with { Authors = ["a", "b"] };
        RawFinding other = Minimal() with { Authors = new List<string> { "a", "b" } };
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, other with { Authors = ["b", "a"] });
    }

    [Fact]
    public void RawFinding_ShouldBeTheseBytes()
    {
        // The schema's fields in order, by hand from the specification.
        const string bytes = "0473680263064d2d330002" + "026100" + "00" + "0274" + "0262" + "0270" + "00" + "80a0d5edee66";
        Assert.Equal(bytes, Convert.ToHexStringLower(Encode(Minimal() with { Authors = ["a"] })));
    }

    [Fact]
    public void Severity_ShouldHaveTheSchemasSymbols() => Assert.Equal(
        ["UNKNOWN", "GAS", "INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"], Enum.GetValues<Severity>().Select(severity => severity.ToSymbol()));

    [Fact]
    public void Decoding_ShouldAllocateTheRecordItsStringsAndItsListsOnly()
    {
        byte[] bytes = Encode(Minimal() with { Authors = ["a"] });
        Decode<RawFinding>(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RawFinding finding = Decode<RawFinding>(bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Seven short strings of 24 bytes, one list of 32, the record of 136 or less.
        Assert.InRange(allocated, 1, (7 * 32) + 32 + 144);
        GC.KeepAlive(finding);
    }

    [Fact]
    public void Encoding_ShouldAllocateNothing()
    {
        RawFinding finding = Minimal() with { Authors = ["a"], PublishedAt = DateTimeOffset.UnixEpoch };
        var output = new ArrayBufferWriter<byte>(4096);
        Write(finding, output);
        output.ResetWrittenCount();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Write(finding, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RawFinding Minimal() => new()
    {
        Platform = "sh",
        Contest = "c",
        NativeId = "M-3",
        Title = "t",
        Body = "b",
        SourcePath = "p",
        CollectedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000),
    };

    private static void RoundTrips<T>()
        where T : class, IAvroRecord<T> => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        byte[] bytes = RandomRecord.Encode(T.AvroSchema, seed);
        T record = Decode<T>(bytes);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Encode(record)));
        Assert.Equal(record, Decode<T>(Encode(record)));
    }).QuickCheckThrowOnFailure();

    private static byte[] Encode<T>(T record)
        where T : IAvroRecord<T>
    {
        var output = new ArrayBufferWriter<byte>();
        Write(record, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Write<T>(T record, ArrayBufferWriter<byte> output)
        where T : IAvroRecord<T>
    {
        var writer = new AvroWriter(output);
        record.Write(ref writer);
    }

    private static T Decode<T>(byte[] bytes)
        where T : IAvroRecord<T>
    {
        var reader = new AvroReader(bytes);
        T record = T.Read(ref reader);
        reader.ExpectEnd();
        return record;
    }
}
