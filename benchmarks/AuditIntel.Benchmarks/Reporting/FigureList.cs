namespace AuditIntel.Benchmarks.Reporting;

/// <summary>Collects the figures of several runs by name, in the order in which the names came first.</summary>
internal sealed class FigureList
{
    private readonly List<(string Name, string Unit, List<double> Runs)> _figures = [];

    public IReadOnlyList<Measurement> Measurements => [.. _figures.Select(figure => new Measurement(figure.Name, figure.Unit, figure.Runs))];

    /// <summary>The figure's runs so far.</summary>
    public IReadOnlyList<double> RunsOf(string name, string unit) => _figures.Find(figure => figure.Name == name && figure.Unit == unit).Runs;

    public void Add(string name, string unit, params IEnumerable<double> runs)
    {
        int at = _figures.FindIndex(figure => figure.Name == name && figure.Unit == unit);
        if (at < 0)
        {
            at = _figures.Count;
            _figures.Add((name, unit, []));
        }

        _figures[at].Runs.AddRange(runs);
    }
}
