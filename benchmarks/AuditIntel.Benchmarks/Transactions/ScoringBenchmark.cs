using System.Diagnostics;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Isolation;
using AuditIntel.Intelligence.Transactions.State;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>Features, isolation forest (100 trees of 256), the whole model and its reasons, on invented transactions, on one thread.</summary>
internal sealed class ScoringBenchmark(FigureList figures, int records, int runs, Action<string> progress)
{
    private const int Explained = 2000;
    private const int RowsForScikitLearn = 20_000;
    /// <summary>Unit of processor time a record.</summary>
    public const string ProcessorTime = "us of processor time";

    /// <returns>The model that was measured.</returns>
    public async Task<TransactionModel> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<LabelledTransaction> stream = InventedTransactions.Stream(records);
        progress("train ...");
        TransactionMatrix rows = TransactionMatrix.Extract(stream, cancellationToken);
        var options = new TrainingOptions { Boosting = new BoostingOptions { Patience = 300 } };
        TransactionModel model = TransactionModelTrainer.Train(rows, options, null, cancellationToken);
        float[] deviations = Deviations(model, rows);
        for (int run = 0; run < runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress($"run {run + 1} of {runs} ...");
            Features(stream);
            Forest(model.Forest, deviations, rows.Count);
            WholeModel(model, rows);
            Artefact(model);
        }

        await CompareAsync(model, deviations, cancellationToken);
        return model;
    }

    private static float[] Deviations(TransactionModel model, TransactionMatrix rows)
    {
        int signals = model.Forest.Width;
        float[] deviations = new float[rows.Count * signals];
        for (int row = 0; row < rows.Count; row++)
        {
            model.Baseline.Deviations(rows.Row(row), deviations.AsSpan(row * signals, signals));
        }

        return deviations;
    }

    private void Features(IReadOnlyList<LabelledTransaction> stream)
    {
        var extractor = new FeatureExtractor(new InMemoryTransactionState());
        float[] vector = new float[FeatureSchema.Count];
        Time("features with state in memory", stream.Count, () =>
        {
            for (int i = 0; i < stream.Count; i++)
            {
                extractor.Extract(stream[i].Transaction, vector);
            }
        });
    }

    private void Forest(IsolationForest forest, float[] deviations, int count)
    {
        float[] scores = new float[count];
        Time("isolation forest, batch", count, () => forest.Score(deviations, scores));
        Time("isolation forest, one by one", count, () =>
        {
            for (int row = 0; row < count; row++)
            {
                scores[row] = forest.Score(deviations.AsSpan(row * forest.Width, forest.Width));
            }
        });
    }

    private void WholeModel(TransactionModel model, TransactionMatrix rows)
    {
        var scores = new TransactionScore[rows.Count];
        Time("ensemble, batch", rows.Count, () => model.Score(rows.Values, scores));
        Time("ensemble, one by one", rows.Count, () =>
        {
            for (int row = 0; row < rows.Count; row++)
            {
                scores[row] = model.Score(rows.Row(row));
            }
        });
        var thresholds = new SeverityThresholds();
        int explained = Math.Min(Explained, rows.Count);
        Time("reasons of an anomaly", explained, () =>
        {
            for (int row = 0; row < explained; row++)
            {
                model.Explain(rows.Row(row), scores[row], thresholds);
            }
        });
    }

    private void Artefact(TransactionModel model)
    {
        byte[] artefact = TransactionModelArtefact.Write(model);
        long begin = Stopwatch.GetTimestamp();
        TransactionModelArtefact.Read(artefact);
        figures.Add("load a model", "ms", Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        figures.Add("size of a model", "KiB", artefact.Length / 1024.0);
    }

    private async Task CompareAsync(TransactionModel model, float[] deviations, CancellationToken cancellationToken)
    {
        progress("scikit-learn ...");
        int width = model.Forest.Width;
        float[] rows = deviations[..Math.Min(deviations.Length, RowsForScikitLearn * width)];
        if (await ScikitLearn.RunsAsync(rows, width, runs, cancellationToken) is not { } theirs)
        {
            progress("scikit-learn is not installed (apt-get install python3-sklearn): no comparison.");
            return;
        }

        Compare("isolation forest, batch", theirs.Batch);
        Compare("isolation forest, one by one", theirs.OneByOne);
    }

    private void Compare(string name, ScikitLearn.Run[] theirs)
    {
        figures.Add($"scikit-learn {name}", "records/s", theirs.Select(run => run.Rate));
        figures.Add($"scikit-learn {name}", ProcessorTime, theirs.Select(run => run.Microseconds));
        double Median(string of) => figures.Measurements.Single(figure => figure.Name == of && figure.Unit == ProcessorTime).Median;
        figures.Add($"{name}: scikit-learn's processor time over ours", "x", Median($"scikit-learn {name}") / Median(name));
    }

    private void Time(string name, int count, Action work)
    {
        // Processor time beside the clock: on a machine that others use too, only the former tells what a record costs.
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        figures.Add(name, "records/s", count / seconds);
        figures.Add(name, ProcessorTime, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count);
    }
}
