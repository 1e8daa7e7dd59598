using System.Buffers;
using AuditIntel.Avro;

namespace AuditIntel.Contracts.Tests;

public sealed class TopicsTests
{
    [Fact]
    public void EveryTopic_ShouldBelongToTheProduct_AndCarryAKnownRecord()
    {
        AvroSchema[] schemas = [RawFinding.AvroSchema, Finding.AvroSchema, FindingDuplicate.AvroSchema, Contest.AvroSchema, DeadLetter.AvroSchema];
        string[] records = [.. schemas.Cast<NamedSchema>().Select(schema => schema.FullName)];
        Assert.All(Topics.All, topic =>
        {
            Assert.StartsWith("auditintel.", topic.Name);
            Assert.Equal(topic.Name + "-value", topic.Subject);
            Assert.Contains(topic.Record, records);
        });
    }

    [Fact]
    public void JoinedTopics_ShouldHaveOneNumberOfPartitions() => Assert.Equal(Topics.Contests.Partitions, Topics.RawFindings.Partitions);

    [Fact]
    public void GeneratedRecord_ShouldComeBackEqual()
    {
        var finding = new Finding
        {
            Id = "id",
            ContentHash = "hash",
            Platform = "code4rena",
            Contest = "42",
            NativeId = "H-01",
            Authors = ["a", "b"],
            Severity = Severity.Critical,
            Title = "T\u00eftle \ud83d\ude00",
            Body = "",
            VulnerabilityType = "reentrancy",
            TypeConfidence = 0.25,
            Swc = ["SWC-107"],
            PrizePoolUsd = 123456.78m,
            SourcePath = "p",
            PublishedAt = new DateTimeOffset(2020, 2, 3, 4, 5, 6, 789, TimeSpan.Zero),
            CollectedAt = DateTimeOffset.UnixEpoch,
        };
        Assert.Equal(finding, RoundTrip(finding));
        Assert.NotEqual(finding, RoundTrip(finding with { Authors = ["a"] }));

        var letter = new DeadLetter
        {
            Id = "id", Stage = "collect", ErrorClass = "empty-file", ErrorMessage = "m", Payload = [1, 2, 3], PayloadLength = 3, FailedAt = DateTimeOffset.UnixEpoch, OriginOffset = long.MaxValue,
        };
        Assert.Equal(letter, RoundTrip(letter));
        var contest = new Contest
        {
            Platform = "p", Id = "1", Name = "n", StartedOn = new DateOnly(1999, 12, 31), PrizePoolUsd = -0.01m, Auditors = -1, SourcePath = "s", CollectedAt = DateTimeOffset.UnixEpoch,
        };
        Assert.Equal(contest, RoundTrip(contest));
    }

    private static T RoundTrip<T>(T value)
        where T : IAvroRecord<T>
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        value.Write(ref writer);
        var reader = new AvroReader(output.WrittenSpan);
        T read = T.Read(ref reader);
        reader.ExpectEnd();
        return read;
    }
}
