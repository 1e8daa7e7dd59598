namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Joins of tables by foreign keys: a left value <c>x1</c> refers to the foreign key <c>x</c>, one that begins with <c>-</c> to none.</summary>
internal static class ForeignKeyJoinCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("foreign key: a row is joined with the row that it refers to", Inner, ["right x=X@1", "left k=x1@2"], ["k=x1+X@2"]),
        new("foreign key: a row waits for the row that it refers to", Inner, ["left k=x1@1", "right x=X@2"], ["k=x1+X@2"]),
        new("foreign key: all rows that refer to a row follow it", Inner,
            ["left a=x1@1", "left b=x2@2", "left c=y1@3", "right x=X@4", "right x=Z@5"], ["a=x1+X@4", "b=x2+X@4", "a=x1+Z@5", "b=x2+Z@5"]),
        new("foreign key: a row that changes keeps its foreign row", Inner, ["right x=X@1", "left k=x1@2", "left k=x2@3"], ["k=x1+X@2", "k=x2+X@3"]),
        new("foreign key: a row that refers to another follows that one", Inner,
            ["right x=X@1", "right y=Y@2", "left k=x1@3", "left k=y1@4", "right x=Z@5", "right y=W@6"], ["k=x1+X@3", "k=y1+Y@4", "k=y1+W@6"]),
        new("foreign key: a row that refers to nothing any more is deleted", Inner, ["right x=X@1", "left k=x1@2", "left k=y1@3"], ["k=x1+X@2", "k=~@3"]),
        new("foreign key: a deleted row deletes its result", Inner, ["right x=X@1", "left k=x1@2", "left k=~@3"], ["k=x1+X@2", "k=~@3"]),
        new("foreign key: a deleted foreign row deletes the results", Inner,
            ["right x=X@1", "left a=x1@2", "left b=x2@3", "right x=~@4"], ["a=x1+X@2", "b=x2+X@3", "a=~@4", "b=~@4"]),
        new("foreign key: a row without foreign key is not joined", Inner, ["right x=X@1", "left k=-1@2", "left k=x1@3", "left k=-2@4"], ["k=x1+X@3", "k=~@4"]),
        new("foreign key: a left join gives rows that refer to nothing", Left, ["left k=x1@1", "right x=X@2", "right x=~@3"], ["k=x1+@1", "k=x1+X@2", "k=x1+@3"]),
        new("foreign key: a left join gives rows without foreign key", Left,
            ["left k=-1@1", "right x=X@2", "left k=x1@3", "left k=-2@4", "left k=~@5"], ["k=-1+@1", "k=x1+X@3", "k=-2+@4", "k=~@5"]),
        new("foreign key: the result has the later timestamp of the two rows", Inner, ["right x=X@50", "left k=x1@20"], ["k=x1+X@50"]),
    ];

    private static void Inner(CaseTopology t) => t.Out(t.Table("left").Join(
        t.Table("right"), (_, v) => ForeignKey(v), (_, l, r) => $"{l}+{r}", Materialized.With(Serdes.Utf8, Serdes.Utf8)));

    private static void Left(CaseTopology t) => t.Out(t.Table("left").LeftJoin(
        t.Table("right"), (_, v) => ForeignKey(v), (_, l, r) => $"{l}+{r}", Materialized.With(Serdes.Utf8, Serdes.Utf8)));

    private static string? ForeignKey(string value) => value[0] == '-' ? null : value[..1];
}
