using System.Diagnostics;
using System.Diagnostics.Metrics;
using AuditIntel.Cli.Metrics;

namespace AuditIntel.Cli.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new("AuditIntel.PrometheusTextTests");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Counter_ShouldBeASum_ByLabels()
    {
        using var collector = new MeterCollector();
        Counter<long> counter = _meter.CreateCounter<long>("sheep.counted", "{sheep}", "Sheep.");
        counter.Add(2, new KeyValuePair<string, object?>("farm", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("farm", "a"));
        counter.Add(1, new KeyValuePair<string, object?>("farm", "b"));
        Assert.Equal(["sheep_counted_total{farm=\"a\"} 5", "sheep_counted_total{farm=\"b\"} 1"], Lines(collector, "sheep_counted"));
    }

    [Fact]
    public void Histogram_ShouldHaveCumulativeBuckets()
    {
        using var collector = new MeterCollector();
        Histogram<double> histogram = _meter.CreateHistogram(
            "nap.duration", "s", "Naps.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] });
        histogram.Record(0.5);
        histogram.Record(2);
        histogram.Record(9);
        Assert.Equal(
            [
                "nap_duration_seconds_bucket{le=\"1\"} 1",
                "nap_duration_seconds_bucket{le=\"2.5\"} 2",
                "nap_duration_seconds_bucket{le=\"+Inf\"} 3",
                "nap_duration_seconds_sum 11.5",
                "nap_duration_seconds_count 3",
            ],
            Lines(collector, "nap_duration"));
    }

    [Fact]
    public void ObservedSeries_ShouldDisappear_WhenItIsNotObservedAnyMore()
    {
        using var collector = new MeterCollector();
        List<Measurement<int>> rooms = [new(4, new KeyValuePair<string, object?>("room", "hall")), new(1, new KeyValuePair<string, object?>("room", "attic"))];
        _meter.CreateObservableGauge("room.guests", () => rooms);
        Assert.Equal(2, Lines(collector, "room_guests").Count);
        rooms.RemoveAt(1);
        Assert.Equal(["room_guests{room=\"hall\"} 4"], Lines(collector, "room_guests"));
    }

    [Fact]
    public void Text_ShouldSatisfyPromtool_WhateverLabelsHold()
    {
        using var collector = new MeterCollector();
        _meter.CreateCounter<double>("odd.total", "By", "Back\\slash and\nnew line.").Add(1.5, new KeyValuePair<string, object?>("a.b", "quote \" slash \\ line \n ü"));
        _meter.CreateUpDownCounter<int>("ups.downs", "{thing}", "Ups and downs.").Add(-3);
        _meter.CreateHistogram<double>("plain.duration", "s", "No advice.").Record(double.MaxValue);

        using Process promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        promtool.StandardInput.Write(collector.Collect());
        promtool.StandardInput.Close();
        string said = promtool.StandardOutput.ReadToEnd() + promtool.StandardError.ReadToEnd();
        Assert.True(promtool.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.True(promtool.ExitCode == 0 && said.Length == 0, said);
    }

    private static List<string> Lines(MeterCollector collector, string prefix) =>
        [.. collector.Collect().Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal))];
}
