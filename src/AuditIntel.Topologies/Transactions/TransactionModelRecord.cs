using System.Globalization;
using System.Security.Cryptography;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Topologies.Transactions;

/// <summary>A transaction model as a record of the models topic; every scoring task takes it up as soon as it lies there.</summary>
public static class TransactionModelRecord
{
    /// <summary>Id of the role, and key of the record.</summary>
    public const string ModelId = "transactions";

    /// <param name="model">What to publish.</param>
    /// <param name="trainedOn">Topic or folder, for people.</param>
    /// <param name="createdAt">When it was trained; the version begins with it.</param>
    public static ModelArtifact Of(TransactionModel model, string trainedOn, DateTimeOffset createdAt)
    {
        byte[] artefact = TransactionModelArtefact.Write(model);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(artefact));
        TrainingRecord training = model.Training;
        return new ModelArtifact
        {
            Id = ModelId,
            Version = string.Create(CultureInfo.InvariantCulture, $"{createdAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{sha256[..8]}"),
            Kind = "ensemble",
            Format = "AUDITMDL/1",
            Features = [.. FeatureSchema.Features.Select(feature => feature.Name)],
            Metrics = Metrics(training),
            Parameters = new Dictionary<string, string>
            {
                ["accounts"] = training.Accounts.ToString(CultureInfo.InvariantCulture),
                ["flaggedAccounts"] = training.FlaggedAccounts.ToString(CultureInfo.InvariantCulture),
            },
            Seed = training.Seed,
            TrainedOn = trainedOn,
            TrainedRows = training.Transactions,
            TrainedFrom = DateTimeOffset.FromUnixTimeSeconds(training.From),
            TrainedUntil = DateTimeOffset.FromUnixTimeSeconds(training.Until),
            Sha256 = sha256,
            Artifact = artefact,
            CreatedAt = createdAt,
        };
    }

    /// <summary>The model in a record of the topic.</summary>
    /// <exception cref="ModelArtefactException">The bytes are not those that the record says, or are no model that this program reads.</exception>
    public static TransactionModel Read(ModelArtifact record)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(record.Artifact));
        return sha256 == record.Sha256
            ? TransactionModelArtefact.Read(record.Artifact)
            : throw new ModelArtefactException($"Model '{record.Id}' version '{record.Version}' says SHA-256 {record.Sha256}, its bytes have {sha256}: publish it again.");
    }

    private static Dictionary<string, double> Metrics(TrainingRecord training)
    {
        var metrics = new Dictionary<string, double>
        {
            ["rocAuc"] = training.Validation.RocAuc,
            ["averagePrecision"] = training.Validation.AveragePrecision,
            ["perAccountRocAuc"] = training.Validation.PerAccountRocAuc,
        };
        if (training.TimeOrdered is { } timeOrdered)
        {
            metrics["timeOrdered.rocAuc"] = timeOrdered.RocAuc;
            metrics["timeOrdered.averagePrecision"] = timeOrdered.AveragePrecision;
        }

        return metrics;
    }
}
