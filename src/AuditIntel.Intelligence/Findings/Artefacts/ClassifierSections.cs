using AuditIntel.Intelligence.Findings.Classification;

namespace AuditIntel.Intelligence.Findings.Artefacts;

/// <summary>Latent spaces and classifiers within an artefact.</summary>
internal static class ClassifierSections
{
    private const int MostViews = 16;
    private const int MostSources = 8;

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
        ArtefactArrays.Write<int>(to, [.. options.Words.Select(source => (int)source)]);
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

        foreach (Vocabulary words in classifier.Space.Words)
        {
            WriteVocabulary(to, words);
        }

        ArtefactArrays.Write<float>(to, classifier.Space.Means);
        ArtefactArrays.Write<float>(to, classifier.Space.Deviations);
        ArtefactArrays.Write(to, classifier.Regression.Weights);
    }

    public static TextClassifier ReadClassifier(BinaryReader from, LatentSpace latent)
    {
        int[] sources = ArtefactArrays.Read<int>(from);
        if (sources.Length > MostSources || sources.Any(source => !Enum.IsDefined((WordSource)source)))
        {
            throw new ArgumentException($"a classifier reads unknown words: {string.Join(", ", sources.Take(MostSources))}.");
        }

        var options = new ClassifierOptions
        {
            Words = [.. sources.Select(source => (WordSource)source)],
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
        Vocabulary[] words = [.. options.Words.Select(_ => ReadVocabulary(from))];
        float[] means = ArtefactArrays.Read<float>(from);
        float[] deviations = ArtefactArrays.Read<float>(from);
        if (means.Length != deviations.Length)
        {
            throw new ArgumentException($"{means.Length} means have {deviations.Length} deviations.");
        }

        var space = new FeatureSpace(options, classes, words, means, deviations, options.LatentScale > 0 ? latent : null);
        return new TextClassifier(classes, space, new SoftmaxRegression(count, space.Width, ArtefactArrays.Read<float>(from)));
    }

    public static void WriteStacked(BinaryWriter to, StackedClassifier classifier)
    {
        to.Write(classifier.Views.Count);
        foreach (TextClassifier view in classifier.Views)
        {
            WriteClassifier(to, view);
        }

        to.Write(classifier.ReadsVerdicts);
        to.Write(classifier.Forest.Width);
        WriteForest(to, classifier.Forest);
        ArtefactArrays.Write(to, classifier.Regression.Weights);
    }

    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public static StackedClassifier ReadStacked(BinaryReader from, LatentSpace latent)
    {
        int count = from.ReadInt32();
        if (count is < 1 or > MostViews)
        {
            throw new ArgumentException($"a stack claims {count} classifiers.");
        }

        TextClassifier[] views = [.. Enumerable.Range(0, count).Select(_ => ReadClassifier(from, latent))];
        int classes = views[0].Classes.Count;
        bool readsVerdicts = from.ReadBoolean();
        RandomForest forest = ReadForest(from, classes, from.ReadInt32());
        float[] weights = ArtefactArrays.Read<float>(from);
        return new StackedClassifier(views, readsVerdicts, forest, new SoftmaxRegression(classes, (weights.Length / classes) - 1, weights));
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
}
