using System.Globalization;
using System.Text;

namespace AuditIntel.Cli.Metrics;

/// <summary>
/// The Prometheus text format 0.0.4 (Prometheus documentation, "Exposition formats"). Names follow OpenTelemetry's rules for Prometheus: dots become
/// underscores, the unit is appended, counters end with <c>_total</c>.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, MetricFamily> named in families.GroupBy(NameOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            MetricFamily first = named.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {named.Key} {Escape(first.Instrument.Description ?? first.Instrument.Name)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {named.Key} {TypeOf(first.Kind)}\n");
            foreach (MetricFamily family in named)
            {
                foreach ((string labels, MetricSeries series) in family.Series)
                {
                    Write(text, named.Key, family, labels, series);
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Labels without braces, in the order given; empty for none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach ((string name, object? value) in tags)
        {
            string label = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(text.Length == 0 ? "" : ",").Append(Name(name)).Append("=\"").Append(Escape(label).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string name, MetricFamily family, string labels, MetricSeries series)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            Line(text, name, labels, series.Value);
            return;
        }

        string separator = labels.Length == 0 ? "" : ",";
        long below = 0;
        for (int i = 0; i < family.Bounds.Count; i++)
        {
            below += series.Buckets[i];
            Line(text, name + "_bucket", $"{labels}{separator}le=\"{Number(family.Bounds[i])}\"", below);
        }

        Line(text, name + "_bucket", $"{labels}{separator}le=\"+Inf\"", series.Count);
        Line(text, name + "_sum", labels, series.Sum);
        Line(text, name + "_count", labels, series.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string NameOf(MetricFamily family)
    {
        string name = Name(family.Instrument.Name);
        string unit = family.Instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return family.Kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Name(string name) => string.Create(name.Length, name, (target, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        }
    });

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
