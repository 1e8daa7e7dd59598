using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// In how many findings each term occurs. Counts drift with the stream: after every <see cref="Window"/> findings all are halved and those that fall to
/// nothing go, so that the table stays bounded and old fashions fade.
/// </summary>
internal sealed class TermStatistics
{
    public const int Window = 65_536;

    private readonly Dictionary<uint, float> _findings = [];
    private int _untilHalving = Window;
    private bool _isFrozen;

    /// <value>Findings counted, halved ones less.</value>
    public double Count { get; private set; }

    public int Terms => _findings.Count;

    public IEnumerable<KeyValuePair<uint, float>> Counts => _findings;

    /// <summary>From now on nothing is counted: the statistics may be shared by any number of readers.</summary>
    public void Freeze() => _isFrozen = true;

    /// <summary>Counts one finding, unless the statistics are frozen.</summary>
    /// <param name="terms">Its terms, each once.</param>
    public void Add(ReadOnlySpan<uint> terms)
    {
        if (_isFrozen)
        {
            return;
        }

        foreach (uint term in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_findings, term, out _)++;
        }

        Count++;
        if (--_untilHalving == 0)
        {
            Halve();
        }
    }

    /// <summary>Share of the findings that have a term, never 0: a term that was never seen counts a half.</summary>
    public double Share(uint term) => (_findings.GetValueOrDefault(term) + 0.5) / (Count + 1);

    public double Of(uint term) => _findings.GetValueOrDefault(term);

    internal void Restore(double count, IEnumerable<KeyValuePair<uint, float>> counts)
    {
        Count = count;
        foreach ((uint term, float findings) in counts)
        {
            _findings[term] = findings;
        }
    }

    private void Halve()
    {
        foreach (uint term in _findings.Keys.ToArray())
        {
            ref float count = ref CollectionsMarshal.GetValueRefOrNullRef(_findings, term);
            count /= 2;
            if (count < 0.75f)
            {
                _findings.Remove(term);
            }
        }

        Count /= 2;
        _untilHalving = Window;
    }
}
