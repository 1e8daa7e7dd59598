using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Transactions.Artefacts;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// A findings model as a record of the models topic; every task takes it up as soon as it lies there. The artefact is compressed (gzip): a record has at
/// most <see cref="Topics.MaxRecordBytes"/>.
/// </summary>
public static class FindingsModelRecord
{
    /// <summary>Id of the role, and key of the record.</summary>
    public const string ModelId = "findings";

    /// <summary>What a record has beside the artefact, at most.</summary>
    private const int Surroundings = 64 * 1024;

    /// <summary>More than any model has: what unpacks to more is none.</summary>
    private const long MostUnpacked = 512L * 1024 * 1024;

    /// <param name="model">What to publish.</param>
    /// <param name="trainedOn">Topic or folder, for people.</param>
    /// <param name="createdAt">When it was trained; the version begins with it.</param>
    /// <exception cref="ArgumentException">The model is too large for a record.</exception>
    public static ModelArtifact Of(FindingsModel model, string trainedOn, DateTimeOffset createdAt)
    {
        byte[] artefact = Pack(FindingsModelArtefact.Write(model));
        if (artefact.Length > Topics.MaxRecordBytes - Surroundings)
        {
            throw new ArgumentException($"The findings model has {artefact.Length} bytes, a record of {Topics.Models.Name} holds {Topics.MaxRecordBytes}: train it with fewer trees.", nameof(model));
        }

        string sha256 = HashOf(artefact);
        FindingsTrainingRecord training = model.Training;
        return new ModelArtifact
        {
            Id = ModelId,
            Version = string.Create(CultureInfo.InvariantCulture, $"{createdAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{sha256[..8]}"),
            Kind = "duplicates, types, severity",
            Format = "AUDITFND/1+gzip",
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

    /// <summary>The model of a record.</summary>
    /// <exception cref="ModelArtefactException">The bytes are not those that the record names, damaged, of another version, or made for other features.</exception>
    public static FindingsModel Read(ModelArtifact record)
    {
        if (HashOf(record.Artifact) != record.Sha256)
        {
            throw new ModelArtefactException($"Findings model '{record.Version}' is not the bytes that its SHA-256 {record.Sha256} names: publish it again.");
        }

        return FindingsModelArtefact.Read(Unpack(record));
    }

    private static string HashOf(byte[] artefact) => Convert.ToHexStringLower(SHA256.HashData(artefact));

    private static byte[] Pack(byte[] artefact)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(artefact);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(ModelArtifact record)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(record.Artifact), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            byte[] buffer = new byte[81_920];
            for (int count; (count = gzip.Read(buffer)) > 0 && unpacked.Length <= MostUnpacked;)
            {
                unpacked.Write(buffer, 0, count);
            }

            return unpacked.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new ModelArtefactException($"Findings model '{record.Version}' is not compressed by gzip as its format '{record.Format}' should be: publish it again.", e);
        }
    }
}
