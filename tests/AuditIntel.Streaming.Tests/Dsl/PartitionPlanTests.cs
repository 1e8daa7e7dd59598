using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming.Tests.Dsl;

public sealed class PartitionPlanTests
{
    private static readonly Consumed<string, string> Text = new(Serdes.Utf8, Serdes.Utf8);

    [Fact]
    public void RepartitionTopic_ShouldHaveAsManyPartitionsAsTheWidestInflow()
    {
        var builder = new StreamsBuilder();
        builder.Stream("a", Text).Merge(builder.Stream("b", Text)).GroupBy((_, value) => value!, new() { Name = "grouped" }).Count();
        Assert.Equal(6, Plan(builder, ("a", 3), ("b", 6))["app-grouped-repartition"]);
    }

    [Fact]
    public void RepartitionTopic_ShouldFollowTheTopicItIsJoinedWith()
    {
        var builder = new StreamsBuilder();
        builder.Stream("a", Text).SelectKey((_, value) => value!)
            .Join(builder.Table("t", Text), (_, left, right) => left + right, "joined")
            .To("out", new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        Assert.Equal(2, Plan(builder, ("a", 8), ("t", 2))["app-joined-repartition"]);
    }

    [Fact]
    public void GivenNumber_ShouldStand_AndBePassedOn()
    {
        var builder = new StreamsBuilder();
        builder.Stream("a", Text).Repartition(new() { Name = "wide", Partitions = 12 }).GroupBy((_, value) => value!, new() { Name = "grouped" }).Count();
        Dictionary<string, int> plan = Plan(builder, ("a", 3));
        Assert.Equal((12, 12), (plan["app-wide-repartition"], plan["app-grouped-repartition"]));
    }

    [Fact]
    public void JoinedTopics_ShouldBeRefused_WhenTheyDiffer()
    {
        var builder = new StreamsBuilder();
        builder.Stream("a", Text).Join(builder.Table("t", Text), (_, left, right) => left + right);
        StreamsException error = Assert.Throws<StreamsException>(() => Plan(builder, ("a", 3), ("t", 4)));
        Assert.Contains("a has 3, t has 4", error.Message);
    }

    [Fact]
    public void MergedTopics_MayDiffer()
    {
        var builder = new StreamsBuilder();
        builder.Stream("a", Text).Merge(builder.Stream("b", Text));
        Assert.Equal(2, Plan(builder, ("a", 3), ("b", 4)).Count);
    }

    [Fact]
    public void Mermaid_ShouldDrawTopicsNodesAndStores()
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", Text).GroupByKey().Count(Materialized.As<string, long>("counts"));
        string picture = builder.Build().ToMermaid();
        Assert.StartsWith("flowchart TD\n", picture);
        Assert.Contains("[(in)]", picture);
        Assert.Contains("[[counts]]", picture);
        Assert.Contains("n0_0 --> n0_1", picture);
    }

    [Fact]
    public void MissingSerde_ShouldBeNamedWithWhatToDo()
    {
        var builder = new StreamsBuilder();
        KGroupedStream<string, DateTime> grouped = builder.Stream("in", Text).Map((key, _) => (key!, DateTime.UnixEpoch)).GroupByKey();
        StreamsException error = Assert.Throws<StreamsException>(() => grouped.Count());
        Assert.Contains("no serde for its values of type DateTime", error.Message);
    }

    private static Dictionary<string, int> Plan(StreamsBuilder builder, params (string Topic, int Partitions)[] topics) =>
        PartitionPlan.Of(builder.Build(), "app", topics.ToDictionary(topic => topic.Topic, topic => topic.Partitions));
}
