using System.Collections.Immutable;
using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Isolation;

namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>
/// Chooses what the isolation forest watches. Labels of training accounts say which features are worth watching and on which side; the forest that is
/// then grown sees none. A floating search (Pudil et al. 1994): the training accounts are halved, a forest grows on one
/// half and is judged on the other, and a signal is added, exchanged or dropped as long as the mean ROC AUC gains.
/// </summary>
public sealed class SignalSelection
{
    private const int RowsOfHalf = 8000;
    private const int MostCandidates = 90;
    private const int MostSignals = 12;
    private const int Finalists = 8;
    private const int TreesToSift = 32;
    private const int TreesToDecide = 64;
    private const int SeedsToDecide = 4;

    private const int Patience = 5;

    /// <summary>ROC AUC that a signal has to gain to be worth having.</summary>
    private const double Cost = 0.0005;

    /// <summary>A signal that ranks no better than this by itself is no candidate.</summary>
    private const double LeastAuc = 0.53;

    /// <summary>These follow the fill of blocks and the clock of a region: they tell when and where data was collected, not what an account does.</summary>
    private static readonly string[] NeverWatched = ["tx.index", "tx.hour"];

    private readonly Half[] _halves;
    private readonly Signal[] _candidates;
    private readonly long _seed;
    private readonly CancellationToken _cancellation;

    private SignalSelection(TransactionMatrix rows, long seed, int mostCandidates, CancellationToken cancellationToken)
    {
        (_seed, _cancellation) = (seed, cancellationToken);
        Signal[] all =
        [
            .. FeatureSchema.Features.Where(feature => !NeverWatched.Contains(feature.Name))
                .SelectMany(feature => Enum.GetValues<Direction>().Select(direction => new Signal(feature.Name, direction))),
        ];
        RobustBaseline baseline = RobustBaseline.Train(rows.Values, [.. all]);
        var random = new SeededRandom(seed);
        _halves = [.. new ulong[] { 0, 1 }.Select(half => new Half(Draw(rows.Where(account => (account.StableHash >> 32) % 2 == half), random), all, baseline))];
        _candidates =
        [
            .. all.Select(signal => (Signal: signal, Auc: _halves.Average(half => half.AucOf(signal))))
                .Where(each => each.Auc > LeastAuc).OrderByDescending(each => each.Auc).Take(mostCandidates).Select(each => each.Signal),
        ];
    }

    /// <param name="rows">Labelled vectors of training accounts only.</param>
    /// <param name="start">Where the search begins: what an analyst would watch. It finds what is best near by, not what is best of all.</param>
    /// <param name="seed">Same seed, same rows: same signals.</param>
    /// <param name="progress">Told each step; null for nobody.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentException">No feature tells flagged accounts from others.</exception>
    public static ImmutableArray<Signal> Choose(
        TransactionMatrix rows,
        ImmutableArray<Signal> start,
        long seed,
        Action<string>? progress = null,
        CancellationToken cancellationToken = default) => Choose(rows, start, seed, MostCandidates, Patience, progress, cancellationToken);

    /// <param name="rows">As above.</param>
    /// <param name="start">As above.</param>
    /// <param name="seed">As above.</param>
    /// <param name="mostCandidates">Signals that may be added: those that rank best by themselves.</param>
    /// <param name="patience">Steps without a gain after which the search ends.</param>
    /// <param name="progress">As above.</param>
    /// <param name="cancellationToken">As above.</param>
    internal static ImmutableArray<Signal> Choose(
        TransactionMatrix rows,
        ImmutableArray<Signal> start,
        long seed,
        int mostCandidates,
        int patience,
        Action<string>? progress,
        CancellationToken cancellationToken)
    {
        var selection = new SignalSelection(rows, seed, mostCandidates, cancellationToken);
        return selection._candidates.Length > 0
            ? selection.Search([.. start.Where(signal => !NeverWatched.Contains(signal.Feature))], patience, progress)
            : throw new ArgumentException("No feature tells flagged accounts from others: signals cannot be chosen on these rows.", nameof(rows));
    }

    // Two signals may only pay together, so the search goes on through worse sets for a while; a set that was left is not entered again.
    private ImmutableArray<Signal> Search(ImmutableArray<Signal> start, int patience, Action<string>? progress)
    {
        ImmutableArray<Signal> current = start;
        ImmutableArray<Signal> best = start;
        double record = start.IsEmpty ? 0 : Judge(start, TreesToDecide, SeedsToDecide);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int stalled = 0; stalled < patience;)
        {
            ImmutableArray<Signal>[] neighbours = [.. Neighbours(current).Where(each => !seen.Contains(KeyOf(each)))];
            if (neighbours.Length == 0)
            {
                break;
            }

            (current, double worth) = neighbours
                .OrderByDescending(each => Judge(each, TreesToSift, 1))
                .Take(Finalists)
                .Select(each => (each, Judge(each, TreesToDecide, SeedsToDecide)))
                .MaxBy(each => each.Item2);
            seen.Add(KeyOf(current));
            stalled++;
            if (worth > record)
            {
                (best, record, stalled) = (current, worth, 0);
                progress?.Invoke(FormattableString.Invariant($"signals, {record:0.0000}: {KeyOf(best)}"));
            }
        }

        return best;
    }

    private static string KeyOf(ImmutableArray<Signal> signals) =>
        string.Join(", ", signals.Select(signal => $"{signal.Feature} {signal.Direction}").Order(StringComparer.Ordinal));

    // One signal a feature: the same twice says nothing new, however much it may please the measure.
    private IEnumerable<ImmutableArray<Signal>> Neighbours(ImmutableArray<Signal> chosen)
    {
        foreach (Signal candidate in _candidates.Where(candidate => chosen.All(signal => signal.Feature != candidate.Feature)))
        {
            if (chosen.Length < MostSignals)
            {
                yield return chosen.Add(candidate);
            }
        }

        foreach (Signal signal in chosen.Where(_ => chosen.Length > 1))
        {
            yield return chosen.Remove(signal);
            foreach (Signal other in _candidates.Where(other => other.Feature == signal.Feature && other != signal))
            {
                yield return chosen.Replace(signal, other);
            }
        }
    }

    private double Judge(ImmutableArray<Signal> signals, int trees, int seeds)
    {
        _cancellation.ThrowIfCancellationRequested();
        float[][] rows = [.. _halves.Select(half => half.RowsOf(signals))];
        double sum = 0;
        for (int half = 0; half < rows.Length; half++)
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                var options = new IsolationForestOptions { Trees = trees, Seed = _seed + seed };
                IsolationForest forest = IsolationForestTrainer.Train(rows[1 - half], signals.Length, options, _cancellation);
                float[] scores = new float[_halves[half].Labels.Length];
                forest.Score(rows[half], scores);
                sum += Ranking.RocAuc([.. scores.Select(score => (double)score)], _halves[half].Labels);
            }
        }

        return (sum / (rows.Length * seeds)) - (Cost * signals.Length);
    }

    private static TransactionMatrix Draw(TransactionMatrix rows, SeededRandom random) => rows.Take(random.Sample(rows.Count, RowsOfHalf));

    /// <summary>Half of the accounts, as one column of deviations for each signal.</summary>
    private sealed class Half
    {
        private readonly Dictionary<Signal, float[]> _columns = [];

        public Half(TransactionMatrix rows, Signal[] signals, RobustBaseline baseline)
        {
            Labels = rows.Labels;
            float[][] columns = [.. signals.Select(_ => new float[rows.Count])];
            float[] deviations = new float[signals.Length];
            for (int row = 0; row < rows.Count; row++)
            {
                baseline.Deviations(rows.Row(row), deviations);
                for (int signal = 0; signal < signals.Length; signal++)
                {
                    columns[signal][row] = deviations[signal];
                }
            }

            for (int signal = 0; signal < signals.Length; signal++)
            {
                _columns[signals[signal]] = columns[signal];
            }
        }

        public bool[] Labels { get; }

        public double AucOf(Signal signal) => Ranking.RocAuc([.. _columns[signal].Select(deviation => (double)deviation)], Labels);

        public float[] RowsOf(ImmutableArray<Signal> signals)
        {
            float[] rows = new float[Labels.Length * signals.Length];
            for (int signal = 0; signal < signals.Length; signal++)
            {
                float[] column = _columns[signals[signal]];
                for (int row = 0; row < column.Length; row++)
                {
                    rows[(row * signals.Length) + signal] = column[row];
                }
            }

            return rows;
        }
    }
}
