using System.Security.Cryptography;
using System.Text;
using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Intelligence.Transactions.Boosting;

namespace AuditIntel.Intelligence.Findings.Artefacts;

/// <summary>
/// A findings model as bytes: 8 bytes <c>AUDITFND</c>, format version (uint16), names of the pair features and of the cues, then training record,
/// pair model, statistics of the history, latent space, and the classifiers, little-endian, arrays behind their length; at last the SHA-256 of
/// everything before. The same model gives the same bytes.
/// </summary>
public static class FindingsModelArtefact
{
    private const ushort Version = 4;

    private static ReadOnlySpan<byte> Magic => "AUDITFND"u8;

    public static byte[] Write(FindingsModel model)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Magic);
        to.Write(Version);
        to.Write(Schema);
        FindingsTrainingRecord training = model.Training;
        to.Write(training.Seed);
        to.Write(training.Findings);
        to.Write(training.GroupedFindings);
        to.Write(training.SeverityFindings);
        to.Write(training.BugClassFindings);
        WriteTrees(to, model.Duplicates.Trees);
        WriteTrees(to, model.Duplicates.Mature);
        KeyValuePair<uint, float>[] history = [.. model.History.Counts.OrderBy(each => each.Key)];
        to.Write(model.History.Count);
        ArtefactArrays.Write<uint>(to, [.. history.Select(each => each.Key)]);
        ArtefactArrays.Write<float>(to, [.. history.Select(each => each.Value)]);
        ClassifierSections.WriteLatent(to, model.Types.Learned.Space.Latent!);
        ClassifierSections.WriteStacked(to, model.Severity);
        to.Write(model.BugClass is not null);
        if (model.BugClass is not null)
        {
            ClassifierSections.WriteClassifier(to, model.BugClass);
        }

        ClassifierSections.WriteClassifier(to, model.Types.Learned);
        foreach (double weight in model.Types.Calibration)
        {
            to.Write(weight);
        }

        to.Flush();
        to.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        to.Flush();
        return bytes.ToArray();
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="ModelArtefactException">The bytes are damaged, of another version, or made for other features.</exception>
    public static FindingsModel Read(byte[] artefact)
    {
        if (artefact.Length < Magic.Length + SHA256.HashSizeInBytes || !artefact.AsSpan().StartsWith(Magic))
        {
            throw new ModelArtefactException("This is no findings model of AuditIntel: it does not begin with AUDITFND. Make one with 'auditintel train findings DATA'.");
        }

        if (!SHA256.HashData(artefact.AsSpan(0, artefact.Length - SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(artefact.AsSpan(artefact.Length - SHA256.HashSizeInBytes)))
        {
            throw new ModelArtefactException("The findings model is damaged or cut off: its SHA-256 does not match its content, copy it again.");
        }

        using var from = new BinaryReader(new MemoryStream(artefact, Magic.Length, artefact.Length - Magic.Length - SHA256.HashSizeInBytes), Encoding.UTF8);
        ushort version = from.ReadUInt16();
        if (version != Version || from.ReadString() != Schema)
        {
            throw new ModelArtefactException($"The findings model has format version {version} or other features than this program's: train it again.");
        }

        try
        {
            return ReadModel(from);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            throw new ModelArtefactException($"The findings model's parts do not fit each other: {e.Message}", e);
        }
    }

    /// <summary>The name of an artefact: its SHA-256, lower-case hexadecimal.</summary>
    public static string IdOf(ReadOnlySpan<byte> artefact) => TransactionModelArtefact.IdOf(artefact);

    // What a vector's places mean: a model made for others must not be used.
    private static string Schema => $"{string.Join('|', PairFeatures.Names)}#{string.Join('|', PairFeatures.MatureNames)}#{string.Join('|', CueTable.Default.Names)}#{string.Join('|', TaxonomyTable.Default.Types.Select(type => $"{type.Id}={type.Web3Bugs}"))}";

    private static FindingsModel ReadModel(BinaryReader from)
    {
        var training = new FindingsTrainingRecord(from.ReadInt64(), from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), from.ReadInt32());
        var duplicates = new DuplicateModel(ReadTrees(from), ReadTrees(from));
        var history = new TermStatistics();
        double count = from.ReadDouble();
        uint[] terms = ArtefactArrays.Read<uint>(from);
        history.Restore(count, terms.Zip(ArtefactArrays.Read<float>(from), KeyValuePair.Create));
        LatentSpace latent = ClassifierSections.ReadLatent(from);
        StackedClassifier severity = ClassifierSections.ReadStacked(from, latent);
        TextClassifier? bugClass = from.ReadBoolean() ? ClassifierSections.ReadClassifier(from, latent) : null;
        TextClassifier learned = ClassifierSections.ReadClassifier(from, latent);
        var types = new TypeModel(learned, [from.ReadDouble(), from.ReadDouble(), from.ReadDouble()], new RuleClassifier());
        return new FindingsModel(training, duplicates, history, severity, bugClass, types);
    }

    private static void WriteTrees(BinaryWriter to, BoostedTrees trees)
    {
        to.Write(trees.Bias);
        ArtefactArrays.Write(to, trees.Nodes);
        ArtefactArrays.Write(to, trees.Roots);
    }

    private static BoostedTrees ReadTrees(BinaryReader from)
    {
        double bias = from.ReadDouble();
        BoostedNode[] nodes = ArtefactArrays.Read<BoostedNode>(from);
        int[] roots = ArtefactArrays.Read<int>(from);
        ArtefactSections.Check([], [], 0, nodes, roots, PairFeatures.Width);
        return new BoostedTrees(PairFeatures.Width, bias, nodes, roots);
    }
}
