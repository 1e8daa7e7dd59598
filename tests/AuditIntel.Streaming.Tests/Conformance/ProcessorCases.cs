using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Processors and punctuators.</summary>
internal static class ProcessorCases
{
    public static IEnumerable<ConformanceCase> All =>
    [
        new("a processor may forward any number of records", t => t.Out(t.Stream().Process(() => new Doubler())), ["in k=a@1"], ["k=a@1", "k!=a@1"]),
        new("a processor keeps state in its store", Counting, ["in a=x@1", "in b=x@2", "in a=x@3"], ["a=1@1", "b=1@2", "a=2@3"]),
        new("a processor of values keeps keys", t => t.Out(t.Stream().ProcessValues(() => new Upper()).GroupByKey(new() { Value = Serdes.Utf8 }).Count()),
            ["in a=x@1", "in a=y@2"], ["a=1@1", "a=2@2"]),
        new("two processors may share a store", Sharing, ["a k=1@1", "b k=2@2", "a k=3@3"], ["k=1@1", "k=2@2", "k=3@3"]),
        new("stream time punctuators are called at the first record and then every interval", t => t.Out(Ticks(t, 10, PunctuationType.StreamTime)),
            ["in k=a@5", "in k=b@9", "in k=c@10", "in k=d@12"], ["k=a@5", "tick=5@5", "k=b@9", "k=c@10", "tick=10@10", "k=d@12"]),
        new("stream time punctuators skip missed intervals", t => t.Out(Ticks(t, 10, PunctuationType.StreamTime)),
            ["in k=a@100", "in k=b@157", "in k=c@160"], ["k=a@100", "tick=100@100", "k=b@157", "tick=157@157", "k=c@160", "tick=160@160"]),
        new("stream time does not go back", t => t.Out(Ticks(t, 10, PunctuationType.StreamTime)),
            ["in k=a@25", "in k=b@3", "in k=c@29"], ["k=a@25", "tick=25@25", "k=b@3", "k=c@29"]),
        new("wall clock punctuators are called after every interval without records", t => t.Out(Ticks(t, 10, PunctuationType.WallClockTime)),
            ["clock +9", "clock +1", "clock +10"], ["tick=10@10", "tick=20@20"]) { DriverOnly = WallClock },
        new("wall clock punctuators skip missed intervals", t => t.Out(Ticks(t, 10, PunctuationType.WallClockTime)),
            ["clock +35", "clock +4", "clock +1"], ["tick=35@35", "tick=40@40"]) { DriverOnly = WallClock },
        new("a punctuator may cancel itself", t => t.Out(t.Stream().Process(() => new Ticker(10, PunctuationType.StreamTime, most: 2))),
            ["in k=a@1", "in k=b@11", "in k=c@21"], ["k=a@1", "tick=1@1", "k=b@11", "tick=11@11", "k=c@21"]),
        new("a punctuator may write to stores", Flushing, ["in a=x@1", "in b=x@2", "in a=x@11"], ["a=1@1", "a=2@11", "b=1@11"]),
        new("a window store may be used by hand", Windowed, ["in k=a@1", "in k=b@5", "in k=c@11"], ["k=1@1", "k=2@5", "k=1@11"]),
        new("a session store may be used by hand", Session, ["in k=a@1", "in k=b@5"], ["k=1@1", "k=2@5"]),
    ];

    private const string WallClock = "the broker runs in real time";

    private static KStream<string, string> Ticks(CaseTopology t, long interval, PunctuationType type) =>
        t.Stream().Process(() => new Ticker(interval, type, int.MaxValue));

    private static void Counting(CaseTopology t)
    {
        string store = t.Name("counts");
        t.Builder.AddStateStore(Stores.KeyValue(store, Serdes.Utf8, Serdes.Int64));
        t.Out(t.Stream().Process(() => new StoreCounter(store), null, store));
    }

    private static void Sharing(CaseTopology t)
    {
        string store = t.Name("shared");
        t.Builder.AddStateStore(Stores.KeyValue(store, Serdes.Utf8, Serdes.Int64));
        KStream<string, long> one = t.Stream("a").Process(() => new StoreCounter(store), null, store);
        t.Out(one.Merge(t.Stream("b").Process(() => new StoreCounter(store), null, store)));
    }

    private static void Flushing(CaseTopology t)
    {
        string store = t.Name("held");
        t.Builder.AddStateStore(Stores.OrderedKeyValue(store, Serdes.Utf8, Serdes.Int64));
        t.Out(t.Stream().Process(() => new Holder(store), null, store));
    }

    private static void Windowed(CaseTopology t)
    {
        string store = t.Name("windows");
        t.Builder.AddStateStore(Stores.Window(store, Serdes.Utf8, Serdes.Int64, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100)));
        t.Out(t.Stream().Process(() => new WindowCounter(store), null, store));
    }

    private static void Session(CaseTopology t)
    {
        string store = t.Name("sessions");
        t.Builder.AddStateStore(Stores.Session(store, Serdes.Utf8, Serdes.Int64, TimeSpan.FromMilliseconds(100)));
        t.Out(t.Stream().Process(() => new SessionCounter(store), null, store));
    }

    private sealed class Doubler : IProcessor<string, string, string, string>
    {
        private IProcessorContext<string, string> _context = null!;

        public void Init(IProcessorContext<string, string> context) => _context = context;

        public void Process(in Record<string, string> record)
        {
            _context.Forward(in record);
            _context.Forward(record.WithKey(record.Key + "!"));
        }
    }

    private sealed class StoreCounter(string store) : IProcessor<string, string, string, long>
    {
        private IProcessorContext<string, long> _context = null!;
        private IKeyValueStore<string, long> _counts = null!;

        public void Init(IProcessorContext<string, long> context)
        {
            _context = context;
            _counts = context.GetStateStore<string, long>(store);
        }

        public void Process(in Record<string, string> record)
        {
            long count = _counts.TryGet(record.Key!, out long before) ? before + 1 : 1;
            _counts.Put(record.Key!, count);
            _context.Forward(record.WithValue(count));
        }
    }

    private sealed class Upper : IValueProcessor<string, string, string>
    {
        private IValueProcessorContext<string> _context = null!;

        public void Init(IValueProcessorContext<string> context) => _context = context;

        public void Process(in Record<string, string> record) => _context.Forward(record.Value!.ToUpperInvariant());
    }

    private sealed class Ticker(long interval, PunctuationType type, int most) : IProcessor<string, string, string, string>
    {
        private IProcessorContext<string, string> _context = null!;
        private IDisposable _schedule = null!;
        private int _calls;

        public void Init(IProcessorContext<string, string> context)
        {
            _context = context;
            _schedule = context.Schedule(TimeSpan.FromMilliseconds(interval), type, Tick);
        }

        public void Process(in Record<string, string> record) => _context.Forward(in record);

        private void Tick(long time)
        {
            _context.Forward(new Record<string, string>("tick", time.ToString(), time, []));
            if (++_calls == most)
            {
                _schedule.Dispose();
            }
        }
    }

    /// <summary>Counts, and gives the counts by punctuator.</summary>
    private sealed class Holder(string store) : IProcessor<string, string, string, long>
    {
        private IProcessorContext<string, long> _context = null!;
        private IKeyValueStore<string, long> _counts = null!;

        public void Init(IProcessorContext<string, long> context)
        {
            _context = context;
            _counts = context.GetStateStore<string, long>(store);
            context.Schedule(TimeSpan.FromMilliseconds(10), PunctuationType.StreamTime, Give);
        }

        public void Process(in Record<string, string> record) =>
            _counts.Put(record.Key!, _counts.TryGet(record.Key!, out long before) ? before + 1 : 1);

        private void Give(long time)
        {
            foreach ((string key, long count) in _counts.Range("a", "z"))
            {
                _context.Forward(new Record<string, long>(key, count, time, []));
            }
        }
    }

    private sealed class WindowCounter(string store) : IProcessor<string, string, string, long>
    {
        private IProcessorContext<string, long> _context = null!;
        private IWindowStore<string, long> _windows = null!;

        public void Init(IProcessorContext<string, long> context)
        {
            _context = context;
            _windows = context.GetWindowStore<string, long>(store);
        }

        public void Process(in Record<string, string> record)
        {
            long start = record.TimestampMs / 10 * 10;
            long count = _windows.TryFetch(record.Key!, start, out long before) ? before + 1 : 1;
            _windows.Put(record.Key!, count, start);
            _context.Forward(record.WithValue(count));
        }
    }

    private sealed class SessionCounter(string store) : IProcessor<string, string, string, long>
    {
        private IProcessorContext<string, long> _context = null!;
        private ISessionStore<string, long> _sessions = null!;

        public void Init(IProcessorContext<string, long> context)
        {
            _context = context;
            _sessions = context.GetSessionStore<string, long>(store);
        }

        public void Process(in Record<string, string> record)
        {
            long count = 1;
            long start = record.TimestampMs;
            foreach ((Windowed<string> session, long before) in _sessions.FindSessions(record.Key!, record.TimestampMs - 10, record.TimestampMs + 10))
            {
                count += before;
                start = Math.Min(start, session.StartMs);
                _sessions.Remove(session);
            }

            _sessions.Put(new Windowed<string>(record.Key!, start, record.TimestampMs), count);
            _context.Forward(record.WithValue(count));
        }
    }
}
