namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Session windows.</summary>
internal static class SessionCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("a record alone is a session of its own", t => t.Out(Sessions(t, 10, 0).Count()), ["in a=x@5"], ["[a@5/5]=1@5"]),
        new("a record within the gap extends the session and deletes it under its old bounds", t => t.Out(Sessions(t, 10, 0).Count()),
            ["in a=x@5", "in a=x@12"], ["[a@5/5]=1@5", "[a@5/5]=~@5", "[a@5/12]=2@12"]),
        new("the gap is included", t => t.Out(Sessions(t, 10, 0).Count()), ["in a=x@5", "in a=x@15"], ["[a@5/5]=1@5", "[a@5/5]=~@5", "[a@5/15]=2@15"]),
        new("a record behind the gap begins a new session", t => t.Out(Sessions(t, 10, 0).Count()), ["in a=x@5", "in a=x@16"], ["[a@5/5]=1@5", "[a@16/16]=1@16"]),
        new("a record within a session does not move its bounds", t => t.Out(Sessions(t, 10, 20).Count()),
            ["in a=x@100", "in a=x@108", "in a=x@104"], ["[a@100/100]=1@100", "[a@100/100]=~@100", "[a@100/108]=2@108", "[a@100/108]=3@108"]),
        new("records of one time share their session", t => t.Out(Sessions(t, 10, 0).Count()), ["in a=x@5", "in a=x@5"], ["[a@5/5]=1@5", "[a@5/5]=2@5"]),
        new("an out of order record extends a session to earlier", t => t.Out(Sessions(t, 10, 20).Count()),
            ["in a=x@10", "in a=x@4"], ["[a@10/10]=1@10", "[a@10/10]=~@10", "[a@4/10]=2@10"]),
        new("a record between two sessions makes them one", t => t.Out(Sessions(t, 10, 100).Count()),
            ["in a=x@100", "in a=x@120", "in a=x@110"],
            ["[a@100/100]=1@100", "[a@120/120]=1@120", "[a@100/100]=~@100", "[a@120/120]=~@120", "[a@100/120]=3@120"]),
        new("sessions are kept by key", t => t.Out(Sessions(t, 10, 0).Count()), ["in a=x@100", "in b=x@105"], ["[a@100/100]=1@100", "[b@105/105]=1@105"]),
        new("a record is late when its session has closed", t => t.Out(Sessions(t, 10, 5).Count()),
            ["in a=x@100", "in b=x@200", "in a=x@184", "in a=x@185"], ["[a@100/100]=1@100", "[b@200/200]=1@200", "[a@185/185]=1@185"]),
        new("a late record that an open session takes is not late", t => t.Out(Sessions(t, 10, 0).Count()),
            ["in a=x@20", "in b=x@30", "in a=x@15"], ["[a@20/20]=1@20", "[b@30/30]=1@30", "[a@20/20]=~@20", "[a@15/20]=2@20"]),
        new("sessions ignore null keys and values", t => t.Out(Sessions(t, 10, 0).Count()), ["in ~=x@1", "in a=~@2", "in a=x@3"], ["[a@3/3]=1@3"]),
        new("session reduce combines sessions in order of time", t => t.Out(Sessions(t, 10, 100).Reduce((sum, v) => sum + v)),
            ["in a=1@100", "in a=2@120", "in a=3@110"],
            ["[a@100/100]=1@100", "[a@120/120]=2@120", "[a@100/100]=~@100", "[a@120/120]=~@120", "[a@100/120]=123@120"]),
        new("session aggregate merges with the merger", t => t.Out(Sessions(t, 10, 100).Aggregate(
                () => "", (_, v, sum) => sum + v, (_, one, other) => $"({one}{other})", Materialized.With(Serdes.Utf8, Serdes.Utf8))),
            ["in a=1@100", "in a=2@120", "in a=3@110"],
            ["[a@100/100]=1@100", "[a@120/120]=2@120", "[a@100/100]=~@100", "[a@120/120]=~@120", "[a@100/120]=(12)3@120"]),
        new("emission on close gives a session once stream time has passed its end and gap",
            t => t.Out(Sessions(t, 10, 0).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in a=x@100", "in a=x@105", "in b=x@115", "in b=x@116"], ["[a@100/105]=2@105"]),
        new("emission on close of sessions waits for the grace",
            t => t.Out(Sessions(t, 10, 10).EmitStrategy(EmitStrategy.OnWindowClose).Count()),
            ["in a=x@100", "in b=x@120", "in b=x@121"], ["[a@100/100]=1@100"]),
    ];

    private static SessionWindowedKStream<string, string> Sessions(CaseTopology t, long gap, long grace) => t.Stream().GroupByKey().WindowedBy(
        SessionWindows.OfInactivityGapAndGrace(TimeSpan.FromMilliseconds(gap), TimeSpan.FromMilliseconds(grace)));
}
