using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>What is measured, written as a user would.</summary>
internal static class BenchmarkTopologies
{
    /// <summary>Stateless: every record is read, changed and written.</summary>
    public static Topology Map(string from, string to)
    {
        var builder = new StreamsBuilder();
        builder.Stream(from, new Consumed<string, Sample>(Serdes.Utf8, SampleSerde.Instance))
            .MapValues((_, sample) =>
            {
                sample.Revision++;
                return sample;
            })
            .To(to, new Produced<string, Sample>(Serdes.Utf8, SampleSerde.Instance));
        return builder.Build();
    }

    /// <summary>A count a key in a store with a changelog; the counts go to a topic.</summary>
    public static Topology Count(string from, string to)
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        builder.Stream(from, new Consumed<string, Sample>(Serdes.Utf8, SampleSerde.Instance))
            .Process(() => new Counter(), "count", "counts")
            .To(to, new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        return builder.Build();
    }

    private sealed class Counter : IProcessor<string, Sample, string, long>
    {
        private IKeyValueStore<string, long> _counts = null!;
        private IProcessorContext<string, long> _context = null!;

        public void Init(IProcessorContext<string, long> context)
        {
            _context = context;
            _counts = context.GetStateStore<string, long>("counts");
        }

        public void Process(in Record<string, Sample> record)
        {
            _counts.TryGet(record.Key!, out long count);
            _counts.Put(record.Key!, count + 1);
            _context.Forward(new Record<string, long>(record.Key, count + 1, record.TimestampMs, record.Headers));
        }
    }
}
