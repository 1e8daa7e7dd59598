namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>Measures of how well scores put the flagged before the others.</summary>
public static class Ranking
{
    /// <summary>
    /// Area under the ROC curve: the chance that a flagged row scores above another (Mann and Whitney; equal scores count a half). NaN where one of the
    /// two kinds is missing.
    /// </summary>
    public static double RocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        (double[] sorted, bool[] flagged) = Ascending(scores, labels);
        double rankSum = 0;
        long positives = 0;
        for (int begin = 0; begin < sorted.Length;)
        {
            int end = EndOfTies(sorted, begin);
            double rank = (begin + 1 + end) / 2.0;
            for (int i = begin; i < end; i++)
            {
                if (flagged[i])
                {
                    rankSum += rank;
                    positives++;
                }
            }

            begin = end;
        }

        long negatives = sorted.Length - positives;
        return (rankSum - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>Average precision: the precision at each threshold weighted by the recall that it adds, as scikit-learn defines it.</summary>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        (double[] sorted, bool[] flagged) = Ascending(scores, labels);
        Array.Reverse(sorted);
        Array.Reverse(flagged);
        int positives = flagged.Count(each => each);
        double sum = 0;
        int found = 0;
        for (int begin = 0; begin < sorted.Length;)
        {
            int end = EndOfTies(sorted, begin);
            int before = found;
            for (int i = begin; i < end; i++)
            {
                found += flagged[i] ? 1 : 0;
            }

            sum += (double)(found - before) / positives * found / end;
            begin = end;
        }

        return sum;
    }

    /// <summary>Spearman's rank correlation of two score lists.</summary>
    public static double RankCorrelation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] x = Ranks(a);
        double[] y = Ranks(b);
        double mean = (x.Length + 1) / 2.0;
        double product = 0;
        double squaresOfX = 0;
        double squaresOfY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            product += (x[i] - mean) * (y[i] - mean);
            squaresOfX += (x[i] - mean) * (x[i] - mean);
            squaresOfY += (y[i] - mean) * (y[i] - mean);
        }

        return product / Math.Sqrt(squaresOfX * squaresOfY);
    }

    private static (double[] Scores, bool[] Labels) Ascending(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        double[] sorted = scores.ToArray();
        bool[] flagged = labels.ToArray();
        Array.Sort(sorted, flagged);
        return (sorted, flagged);
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int begin = 0; begin < sorted.Length;)
        {
            int end = EndOfTies(sorted, begin);
            for (int i = begin; i < end; i++)
            {
                ranks[order[i]] = (begin + 1 + end) / 2.0;
            }

            begin = end;
        }

        return ranks;
    }

    private static int EndOfTies(double[] sorted, int begin)
    {
        int end = begin + 1;
        while (end < sorted.Length && sorted[end] == sorted[begin])
        {
            end++;
        }

        return end;
    }
}
