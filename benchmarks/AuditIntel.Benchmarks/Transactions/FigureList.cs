using AuditIntel.Benchmarks.Reporting;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>Collects the figures of several runs by name, in the order in which the names came first.</summary>
internal sealed class FigureList
{
    private readonly List<(string Name, string Unit, List<double> Runs)> _figures = [];

    public IReadOnlyList<Measurement> Measurements => [.. _figures.Select(figure => new Measurement(figure.Name, figure.Unit, figure.Runs))];

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
