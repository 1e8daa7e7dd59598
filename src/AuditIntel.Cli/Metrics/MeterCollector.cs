using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace AuditIntel.Cli.Metrics;

/// <summary>Listens to the program's meters (names that begin with <see cref="Prefix"/>) and adds up what they tell.</summary>
internal sealed class MeterCollector : IDisposable
{
    public const string Prefix = "AuditIntel.";

    private readonly Lock _collecting = new();
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<Instrument, MetricFamily> _families = [];

    public MeterCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) =>
        {
            lock (_gate)
            {
                _families.Remove(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<byte>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<short>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<float>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((instrument, value, tags, _) => Record(instrument, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Everything as Prometheus text.</summary>
    public string Collect()
    {
        lock (_collecting)
        {
            lock (_gate)
            {
                foreach (MetricFamily family in _families.Values)
                {
                    family.BeginObservation();
                }
            }

            // Without the gate: what is observed may take locks under which others record.
            _listener.RecordObservableInstruments();
            lock (_gate)
            {
                return PrometheusText.Write(_families.Values);
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            ref MetricFamily? family = ref CollectionsMarshal.GetValueRefOrAddDefault(_families, instrument, out _);
            family ??= new MetricFamily(instrument);
            family.Record(value, tags);
        }
    }
}
