using AuditIntel.Avro;
using AuditIntel.Cli.Demo;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;
using AuditIntel.Topologies.Transactions;

namespace AuditIntel.Cli.Training;

/// <summary>
/// The model of a stack that has none yet: trained at its first start on the earlier part of the bundled sample, so that transactions are scored from the first
/// one on. <c>auditintel train transactions DATA --publish</c> replaces it.
/// </summary>
internal static class StarterModel
{
    private const double EarlierPart = 0.6;

    /// <summary>Trains and publishes it where no model of transactions is.</summary>
    public static async Task EnsureAsync(Stack stack, SchemaRegistryClient registry, ConsoleReport report, CancellationToken cancellationToken)
    {
        if (await ModelPublisher.HasAsync(stack, TransactionModelRecord.ModelId, cancellationToken))
        {
            return;
        }

        report.Say("Training a first model of transactions on the bundled sample ...");
        TransactionModel model = await Task.Run(() => Train(cancellationToken), cancellationToken);
        await ModelPublisher.PublishAsync(
            stack.Kafka,
            registry,
            TransactionModelRecord.Of(model, "bundled sample", TimeProvider.System.GetUtcNow()),
            warning => report.Warn("publisher: " + warning),
            cancellationToken);
    }

    /// <summary>Seconds since 1970 at which the part of the sample begins that the model has not seen.</summary>
    public static long UnseenFrom(IReadOnlyList<LabelledTransaction> sample) => sample[(int)(EarlierPart * sample.Count)].Transaction.Timestamp;

    private static TransactionModel Train(CancellationToken cancellationToken)
    {
        IReadOnlyList<LabelledTransaction> sample = LabelledChainFolder.Read(SampleFolder.Path, cancellationToken);
        long unseen = UnseenFrom(sample);
        TransactionMatrix rows = TransactionMatrix.Extract([.. sample.Where(each => each.Transaction.Timestamp < unseen)], cancellationToken);
        return TransactionModelTrainer.Train(rows, new TrainingOptions(), progress: null, cancellationToken);
    }
}
