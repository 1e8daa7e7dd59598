namespace AuditIntel.Cli.Tests.Architecture;

/// <summary>Dependencies point one way: each room may know the rooms that stand behind it here, and no other.</summary>
public sealed class DependencyArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Avro"] = [],
        ["Avro.Generator"] = [],
        ["Kafka"] = [],
        ["Contracts"] = ["Avro", "Avro.Generator"],
        ["Streaming"] = ["Kafka"],
        ["Intelligence"] = ["Contracts"],
        ["Topologies"] = ["Streaming", "Intelligence", "Contracts"],
        ["Collectors"] = ["Kafka", "Contracts"],
        ["Sinks"] = ["Kafka", "Contracts"],
        ["Api"] = ["Kafka", "Contracts", "Intelligence"],
        ["DevStack"] = ["Avro", "Kafka"],
        ["Cli"] = ["Avro", "Contracts", "Kafka", "Streaming", "Intelligence", "Topologies", "Collectors", "Sinks", "Api", "DevStack"],
    };

    public static TheoryData<string> AllRooms() => [.. Repository.Rooms()];

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Room_ShouldKnowOnlyTheRoomsBelowIt(string room)
    {
        Assert.True(Allowed.ContainsKey(room), $"src/AuditIntel.{room} has no place in the house: give it its arrows here and in the design.");
        Assert.Empty(Repository.ReferencesOf(room).Except(Allowed[room]));
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Room_ShouldHaveTests(string room)
    {
        string tested = room == "Avro.Generator" ? "Avro" : room;
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, "tests", $"AuditIntel.{tested}.Tests")), $"AuditIntel.{room} has no test project.");
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Room_ShouldSayWhatItIsFor(string room)
    {
        string told = room == "Avro.Generator" ? "Avro" : room;
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src", $"AuditIntel.{told}", "README.md")), $"AuditIntel.{room} has no README.md.");
    }
}
