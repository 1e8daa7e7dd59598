using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Isolation;

namespace AuditIntel.Intelligence.Transactions.Artefacts;

/// <summary>
/// A transaction model as bytes; the layout is in the room's README. Little-endian: 8 bytes <c>AUDITMDL</c>; format version (uint16); length of the
/// header (uint32); header (JSON, UTF-8); then, with the counts of the header, usual range of every feature and range of every signal (4 x float32
/// each), forest nodes (float32 threshold, int32 feature), forest leaves and expected lengths (float32), boosted nodes (float32 threshold, int32
/// feature, int32 left child, float32 value), roots (int32); at last the SHA-256 of everything before. The same model gives the same bytes.
/// </summary>
public static class TransactionModelArtefact
{
    private const ushort Version = 1;
    private const int Prologue = 8 + 2 + 4;
    private const int MostBytes = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "AUDITMDL"u8;

    public static byte[] Write(TransactionModel model)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(HeaderOf(model), ArtefactJson.Default.ArtefactHeader);
        byte[] prologue = new byte[Prologue];
        Magic.CopyTo(prologue);
        BinaryPrimitives.WriteUInt16LittleEndian(prologue.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(prologue.AsSpan(10), header.Length);

        using var bytes = new MemoryStream();
        bytes.Write(prologue);
        bytes.Write(header);
        ArtefactSections.Write(bytes, model.Usual);
        ArtefactSections.Write(bytes, model.Baseline.Ranges);
        ArtefactSections.Write(bytes, model.Forest.Nodes);
        ArtefactSections.Write(bytes, model.Forest.Leaves);
        ArtefactSections.Write(bytes, model.Forest.Expected);
        ArtefactSections.Write(bytes, model.Trees.Nodes);
        ArtefactSections.Write(bytes, model.Trees.Roots);
        bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return bytes.ToArray();
    }

    /// <summary>The name of an artefact: its SHA-256, lower-case hexadecimal.</summary>
    public static string IdOf(ReadOnlySpan<byte> artefact) => artefact.Length >= SHA256.HashSizeInBytes
        ? Convert.ToHexStringLower(artefact[^SHA256.HashSizeInBytes..])
        : throw new ModelArtefactException($"The model has only {artefact.Length} bytes: it is cut off, copy it again.");

    /// <summary>Loads a model.</summary>
    /// <param name="artefact">All its bytes.</param>
    /// <exception cref="ModelArtefactException">They are damaged, of another version, or made for other features.</exception>
    public static TransactionModel Read(ReadOnlySpan<byte> artefact)
    {
        if (artefact.Length < Prologue + SHA256.HashSizeInBytes || !artefact.StartsWith(Magic))
        {
            throw new ModelArtefactException("This is no model of AuditIntel: it does not begin with AUDITMDL. Make one with 'auditintel train transactions DATA'.");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(artefact[8..]);
        if (version != Version)
        {
            throw new ModelArtefactException($"The model has format version {version}, this program reads {Version}: train it again.");
        }

        ReadOnlySpan<byte> content = artefact[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(artefact[^SHA256.HashSizeInBytes..]))
        {
            throw new ModelArtefactException("The model is damaged or cut off: its SHA-256 does not match its content, copy it again.");
        }

        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(content[10..]);
        if (headerLength < 0 || headerLength > content.Length - Prologue)
        {
            throw new ModelArtefactException($"The model's header claims {headerLength} bytes of {content.Length}: train it again.");
        }

        ArtefactHeader header = ReadHeader(content.Slice(Prologue, headerLength));
        return ReadModel(header, content[(Prologue + headerLength)..]);
    }

    /// <summary>Loads a model from a stream.</summary>
    /// <exception cref="ModelArtefactException">The bytes are no model that can be used here.</exception>
    public static async Task<TransactionModel> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (bytes.Length > MostBytes)
            {
                throw new ModelArtefactException($"The model is longer than {MostBytes} bytes: this is some other file.");
            }
        }

        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static ArtefactHeader HeaderOf(TransactionModel model) => new()
    {
        Kind = ArtefactHeader.TransactionModelKind,
        FeatureSchema = FeatureSchema.Hash,
        Features = [.. FeatureSchema.Features.Select(feature => feature.Name)],
        Signals = model.Baseline.Signals,
        Weights = model.Weights,
        ForestTrees = model.Forest.Trees,
        ForestSampleSize = model.Forest.Shape.SampleSize,
        BoostingBias = model.Trees.Bias,
        BoostedTrees = model.Trees.Trees,
        BoostedNodes = model.Trees.Nodes.Length,
        Training = model.Training,
    };

    private static ArtefactHeader ReadHeader(ReadOnlySpan<byte> json)
    {
        ArtefactHeader? header;
        try
        {
            header = JsonSerializer.Deserialize(json, ArtefactJson.Default.ArtefactHeader);
        }
        catch (JsonException e)
        {
            throw new ModelArtefactException("The model's header is no JSON of this version: train it again.", e);
        }

        if (header?.Kind != ArtefactHeader.TransactionModelKind)
        {
            throw new ModelArtefactException($"The artefact holds a '{header?.Kind}', where a '{ArtefactHeader.TransactionModelKind}' is expected.");
        }

        if (header.FeatureSchema != FeatureSchema.Hash)
        {
            throw new ModelArtefactException(
                $"The model was trained on feature schema {header.FeatureSchema[..Math.Min(12, header.FeatureSchema.Length)]}, this program computes {FeatureSchema.Hash[..12]}: train it again.");
        }

        return header;
    }

    // The hash only proves that the bytes are as they were written. Scoring walks without asking for bounds, so everything that it would follow is
    // checked here.
    private static TransactionModel ReadModel(ArtefactHeader header, ReadOnlySpan<byte> sections)
    {
        var shape = new ForestShape(header.ForestTrees, header.ForestSampleSize, header.Signals.Count);
        if (string.Join(' ', new IsolationForestOptions { Trees = shape.Trees, SampleSize = shape.SampleSize }.Validate()) is { Length: > 0 } wrong)
        {
            throw new ModelArtefactException($"The model's forest cannot be: {wrong}");
        }

        try
        {
            FeatureRange[] usual = ArtefactSections.Read<FeatureRange>(ref sections, FeatureSchema.Count);
            FeatureRange[] ranges = ArtefactSections.Read<FeatureRange>(ref sections, header.Signals.Count);
            ForestNode[] forest = ArtefactSections.Read<ForestNode>(ref sections, shape.Groups * shape.NodesOfGroup);
            float[] leaves = ArtefactSections.Read<float>(ref sections, shape.Groups * shape.LeavesOfGroup);
            float[] expected = ArtefactSections.Read<float>(ref sections, forest.Length);
            BoostedNode[] boosted = ArtefactSections.Read<BoostedNode>(ref sections, header.BoostedNodes);
            int[] roots = ArtefactSections.Read<int>(ref sections, header.BoostedTrees);
            ArtefactSections.Check(sections, forest, shape.Width, boosted, roots, FeatureSchema.Count);
            return new TransactionModel(
                header.Training,
                usual,
                new RobustBaseline([.. header.Signals], ranges),
                new IsolationForest(shape, forest, leaves, expected),
                new BoostedTrees(FeatureSchema.Count, header.BoostingBias, boosted, roots),
                header.Weights);
        }
        catch (ArgumentException e)
        {
            throw new ModelArtefactException($"The model's parts do not fit each other: {e.Message}", e);
        }
    }
}
