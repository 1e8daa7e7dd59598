using AuditIntel.Intelligence.Findings.Classification;

namespace AuditIntel.Intelligence.Findings.Artefacts;

/// <summary>Latent spaces and classifiers within an artefact.</summary>
internal static class ClassifierSections
{
    private const int MostAdvisers = 16;

    public static void WriteLatent(BinaryWriter to, LatentSpace latent)
    {
        WriteVocabulary(to, latent.Vocabulary);
        to.Write(latent.Dimensions);
        ArtefactArrays.Write<float>(to, latent.Basis);
    }

    public static LatentSpace ReadLatent(BinaryReader from)
    {
        Vocabulary vocabulary = ReadVocabulary(from);
        int dimensions = from.ReadInt32();
        float[] basis = ArtefactArrays.Read<float>(from);
        return basis.Length == (long)vocabulary.Count * dimensions
            ? new LatentSpace(vocabulary, dimensions, basis)
            : throw new ArgumentException($"the latent space has {basis.Length} numbers for {vocabulary.Count} terms.");
    }

    private static void WriteVocabulary(BinaryWriter to, Vocabulary vocabulary)
    {
        ArtefactArrays.Write<uint>(to, vocabulary.Terms);
        ArtefactArrays.Write<float>(to, vocabulary.Weights);
    }

    private static Vocabulary ReadVocabulary(BinaryReader from)
    {
        uint[] terms = ArtefactArrays.Read<uint>(from);
        float[] weights = ArtefactArrays.Read<float>(from);
        return terms.Length == weights.Length ? new Vocabulary(terms, weights) : throw new ArgumentException($"{terms.Length} terms have {weights.Length} weights.");
    }

    public static void WriteClassifier(BinaryWriter to, TextClassifier classifier)
    {
        ClassifierOptions options = classifier.Space.Options;
        to.Write(options.ReadsComments);
        to.Write(options.SignalScale);
        to.Write(options.LatentScale);
        to.Write(options.EvidenceScale);
        to.Write(options.Penalty);
        to.Write(options.Balance);
        to.Write(classifier.Classes.Count);
        foreach (string name in classifier.Classes)
        {
            to.Write(name);
        }

        WriteVocabulary(to, classifier.Space.Title);
        WriteVocabulary(to, classifier.Space.Own);
        WriteVocabulary(to, classifier.Space.Comments);
        ArtefactArrays.Write<float>(to, classifier.Space.Means);
        ArtefactArrays.Write<float>(to, classifier.Space.Deviations);
        ArtefactArrays.Write(to, classifier.Regression.Weights);
    }

    public static TextClassifier ReadClassifier(BinaryReader from, LatentSpace latent)
    {
        var options = new ClassifierOptions
        {
            ReadsComments = from.ReadBoolean(),
            SignalScale = from.ReadSingle(),
            LatentScale = from.ReadSingle(),
            EvidenceScale = from.ReadSingle(),
            Penalty = from.ReadDouble(),
            Balance = from.ReadDouble(),
        };
        int count = from.ReadInt32();
        if (count is < 2 or > 1_000)
        {
            throw new ArgumentException($"a classifier has {count} classes.");
        }

        string[] classes = [.. Enumerable.Range(0, count).Select(_ => from.ReadString())];
        Vocabulary title = ReadVocabulary(from);
        Vocabulary own = ReadVocabulary(from);
        Vocabulary comments = ReadVocabulary(from);
        float[] means = ArtefactArrays.Read<float>(from);
        float[] deviations = ArtefactArrays.Read<float>(from);
        if (means.Length != deviations.Length)
        {
            throw new ArgumentException($"{means.Length} means have {deviations.Length} deviations.");
        }

        var space = new FeatureSpace(options, classes, title, own, comments, means, deviations, options.LatentScale > 0 ? latent : null);
        return new TextClassifier(classes, space, new SoftmaxRegression(count, space.Width, ArtefactArrays.Read<float>(from)));
    }

    public static void WriteStacked(BinaryWriter to, StackedClassifier classifier)
    {
        WriteClassifier(to, classifier.Linear);
        to.Write(classifier.Advisers.Count);
        foreach (TextClassifier adviser in classifier.Advisers)
        {
            WriteClassifier(to, adviser);
        }

        to.Write(classifier.Forest is not null);
        if (classifier.Forest is not null)
        {
            WriteForest(to, classifier.Forest);
        }
    }

    public static void WriteForest(BinaryWriter to, RandomForest forest)
    {
        ArtefactArrays.Write<ForestNode>(to, forest.Nodes);
        ArtefactArrays.Write<int>(to, forest.Roots);
        ArtefactArrays.Write<float>(to, forest.Leaves);
    }

    public static RandomForest ReadForest(BinaryReader from, int classes, int width)
    {
        ForestNode[] nodes = ArtefactArrays.Read<ForestNode>(from);
        int[] roots = ArtefactArrays.Read<int>(from);
        return new RandomForest(classes, width, nodes, roots, ArtefactArrays.Read<float>(from));
    }

    public static StackedClassifier ReadStacked(BinaryReader from, LatentSpace latent)
    {
        TextClassifier linear = ReadClassifier(from, latent);
        int count = from.ReadInt32();
        if (count is < 0 or > MostAdvisers)
        {
            throw new ArgumentException($"a classifier has {count} advisers.");
        }

        TextClassifier[] advisers = [.. Enumerable.Range(0, count).Select(_ => ReadClassifier(from, latent))];
        RandomForest? forest = from.ReadBoolean() ? ReadForest(from, linear.Classes.Count, StackedClassifier.WidthOf(linear, advisers)) : null;
        return new StackedClassifier(linear, advisers, forest);
    }
}
