using System.Globalization;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Prediction;

namespace AuditIntel.Topologies.Findings;

/// <summary>A findings model as a record of the models topic; every task takes it up as soon as it lies there.</summary>
public static class FindingsModelRecord
{
    /// <summary>Id of the role, and key of the record.</summary>
    public const string ModelId = "findings";

    /// <param name="model">What to publish.</param>
    /// <param name="trainedOn">Topic or folder, for people.</param>
    /// <param name="createdAt">When it was trained; the version begins with it.</param>
    public static ModelArtifact Of(FindingsModel model, string trainedOn, DateTimeOffset createdAt)
    {
        byte[] artefact = FindingsModelArtefact.Write(model);
        string sha256 = FindingsModelArtefact.IdOf(artefact);
        FindingsTrainingRecord training = model.Training;
        return new ModelArtifact
        {
            Id = ModelId,
            Version = string.Create(CultureInfo.InvariantCulture, $"{createdAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{sha256[..8]}"),
            Kind = "duplicates, types, severity",
            Format = "AUDITFND/1",
            Parameters = new Dictionary<string, string>
            {
                ["groupedFindings"] = training.GroupedFindings.ToString(CultureInfo.InvariantCulture),
                ["severityFindings"] = training.SeverityFindings.ToString(CultureInfo.InvariantCulture),
                ["bugClassFindings"] = training.BugClassFindings.ToString(CultureInfo.InvariantCulture),
            },
            Seed = training.Seed,
            TrainedOn = trainedOn,
            TrainedRows = training.Findings,
            Sha256 = sha256,
            Artifact = artefact,
            CreatedAt = createdAt,
        };
    }
}
