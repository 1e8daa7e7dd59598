using AuditIntel.Streaming.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Streaming.Tests.Dsl;

/// <summary>Records in any order, none of them late: what comes out in the end must be what a look at all records at once gives.</summary>
public sealed class ModelTests
{
    private const long Reach = 10;

    private static readonly TimeSpan ReachTime = TimeSpan.FromMilliseconds(Reach);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100_000);
    private static readonly Consumed<string, string> Text = new(Serdes.Utf8, Serdes.Utf8);

    [Fact]
    public void SlidingWindows_ShouldHoldWhatLiesWithinThem_InWhateverOrderItCame() => Prop.ForAll<(bool Key, byte Time)[]>(records =>
    {
        IEnumerable<(string Window, long Count)> expected = records.GroupBy(record => record.Key).SelectMany(key => Sliding([.. key.Select(record => Time(record.Time))])
            .Select(window => ($"[{Key(key.Key)}@{window.Start}/{window.Start + Reach}]", window.Count)));
        Assert.Equal(
            expected.Order(),
            Last(records, grouped => grouped.WindowedBy(SlidingWindows.OfTimeDifferenceAndGrace(ReachTime, Grace)).Count()).Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sessions_ShouldJoinWhatIsWithinTheGap_InWhateverOrderItCame() => Prop.ForAll<(bool Key, byte Time)[]>(records =>
    {
        IEnumerable<(string Window, long Count)> expected = records.GroupBy(record => record.Key).SelectMany(key => Sessions([.. key.Select(record => Time(record.Time))])
            .Select(session => ($"[{Key(key.Key)}@{session.Start}/{session.End}]", session.Count)));
        Assert.Equal(
            expected.Order(),
            Last(records, grouped => grouped.WindowedBy(SessionWindows.OfInactivityGapAndGrace(ReachTime, Grace)).Count()).Order());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void StreamJoin_ShouldGiveEachPairOnce_AndWhoIsLeftOver(bool keepsLeft, bool keepsRight) => Prop.ForAll<(bool Left, bool Key, byte Time)[]>(events =>
    {
        (bool Left, string Key, long Time, string Value)[] records = [.. events.Select((e, i) => (e.Left, Key(e.Key), Time(e.Time), $"{i}"))];
        var expected = new List<string>();
        foreach (string key in new[] { "a", "b" })
        {
            (bool Left, string Key, long Time, string Value)[] left = [.. records.Where(record => record.Left && record.Key == key)];
            (bool Left, string Key, long Time, string Value)[] right = [.. records.Where(record => !record.Left && record.Key == key)];
            expected.AddRange(from l in left from r in right where Math.Abs(l.Time - r.Time) <= Reach select $"{key}:{l.Value}+{r.Value}@{Math.Max(l.Time, r.Time)}");
            expected.AddRange(left.Where(l => keepsLeft && !right.Any(r => Math.Abs(l.Time - r.Time) <= Reach)).Select(l => $"{key}:{l.Value}+@{l.Time}"));
            expected.AddRange(right.Where(r => keepsRight && !left.Any(l => Math.Abs(l.Time - r.Time) <= Reach)).Select(r => $"{key}:+{r.Value}@{r.Time}"));
        }

        using var driver = new TopologyTestDriver(Join(keepsLeft, keepsRight));
        foreach ((bool left, string key, long time, string value) in records)
        {
            driver.Input(left ? "left" : "right", Serdes.Utf8, Serdes.Utf8).Pipe(key, value, time);
        }

        driver.Input("left", Serdes.Utf8, Serdes.Utf8).Pipe("closing", "x", 1_000_000);
        Assert.Equal(
            expected.Order(),
            driver.Output("out", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => $"{record.Key}:{record.Value}@{record.TimestampMs}").Order());
    }).QuickCheckThrowOnFailure();

    private static string Key(bool key) => key ? "a" : "b";

    private static long Time(byte time) => time / 3;

    /// <summary>Windows that end with a record or begin behind one; those that would begin before zero are the one that begins there.</summary>
    private static IEnumerable<(long Start, long Count)> Sliding(long[] times)
    {
        IEnumerable<long> starts = times.Select(time => Math.Max(0, time - Reach)).Concat(times.Select(time => time + 1)).Distinct();
        return starts.Select(start => (start, times.LongCount(time => time >= start && time <= start + Reach))).Where(window => window.Item2 > 0);
    }

    private static List<(long Start, long End, long Count)> Sessions(long[] times)
    {
        var sessions = new List<(long Start, long End, long Count)>();
        foreach (long time in times.Order())
        {
            if (sessions.Count > 0 && time - sessions[^1].End <= Reach)
            {
                sessions[^1] = (sessions[^1].Start, time, sessions[^1].Count + 1);
            }
            else
            {
                sessions.Add((time, time, 1));
            }
        }

        return sessions;
    }

    /// <summary>The last result of each window that was not deleted.</summary>
    private static List<(string Window, long Count)> Last(
        (bool Key, byte Time)[] records, Func<KGroupedStream<string, string>, KTable<Windowed<string>, long>> count)
    {
        var builder = new StreamsBuilder();
        count(builder.Stream("in", Text).GroupByKey())
            .ToStream((window, _) => window.ToString())
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        using var driver = new TopologyTestDriver(builder.Build());
        TestInputTopic<string, string> input = driver.Input("in", Serdes.Utf8, Serdes.Utf8);
        foreach ((bool key, byte time) in records)
        {
            input.Pipe(Key(key), "x", Time(time));
        }

        var last = new Dictionary<string, long>();
        foreach (TestRecord record in driver.ReadRaw("out"))
        {
            string window = Serdes.Utf8.Deserialize("out", record.Key);
            if (record.Value is null)
            {
                last.Remove(window);
            }
            else
            {
                last[window] = Serdes.Int64.Deserialize("out", record.Value);
            }
        }

        return [.. last.Select(pair => (pair.Key, pair.Value))];
    }

    private static Topology Join(bool keepsLeft, bool keepsRight)
    {
        var builder = new StreamsBuilder();
        KStream<string, string> left = builder.Stream("left", Text);
        KStream<string, string> right = builder.Stream("right", Text);
        var windows = JoinWindows.OfTimeDifferenceAndGrace(ReachTime, Grace);
        KStream<string, string> joined = (keepsLeft, keepsRight) switch
        {
            (false, _) => left.Join(right, (_, l, r) => $"{l}+{r}", windows),
            (true, false) => left.LeftJoin(right, (_, l, r) => $"{l}+{r}", windows),
            _ => left.OuterJoin(right, (_, l, r) => $"{l}+{r}", windows),
        };
        joined.To("out", new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        return builder.Build();
    }
}
