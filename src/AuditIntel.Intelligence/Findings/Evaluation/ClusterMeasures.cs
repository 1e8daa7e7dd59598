namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Measures of a clustering against the true one.</summary>
public static class ClusterMeasures
{
    /// <summary>Pairs that are in one cluster: said, true, and both.</summary>
    public static (long Said, long True, long Both) Pairs(ReadOnlySpan<int> said, ReadOnlySpan<int> truth)
    {
        (long saidPairs, long truePairs, long both) = (0, 0, 0);
        for (int i = 0; i < said.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool inSaid = said[i] == said[j];
                bool inTruth = truth[i] == truth[j];
                saidPairs += inSaid ? 1 : 0;
                truePairs += inTruth ? 1 : 0;
                both += inSaid && inTruth ? 1 : 0;
            }
        }

        return (saidPairs, truePairs, both);
    }

    /// <summary>Precision and recall over pairs.</summary>
    public static PrecisionRecall Pairwise(long said, long truth, long both) =>
        new(said > 0 ? (double)both / said : 0, truth > 0 ? (double)both / truth : 0);

    /// <summary>B-cubed (Bagga and Baldwin 1998): precision and recall of each finding's cluster, averaged over findings.</summary>
    public static PrecisionRecall BCubed(ReadOnlySpan<int> said, ReadOnlySpan<int> truth)
    {
        double precision = 0;
        double recall = 0;
        for (int i = 0; i < said.Length; i++)
        {
            (int inSaid, int inTruth, int both) = (0, 0, 0);
            for (int j = 0; j < said.Length; j++)
            {
                inSaid += said[i] == said[j] ? 1 : 0;
                inTruth += truth[i] == truth[j] ? 1 : 0;
                both += said[i] == said[j] && truth[i] == truth[j] ? 1 : 0;
            }

            precision += (double)both / inSaid;
            recall += (double)both / inTruth;
        }

        return said.Length == 0 ? new PrecisionRecall(0, 0) : new PrecisionRecall(precision / said.Length, recall / said.Length);
    }
}
