namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>
/// Logistic regression by Newton's method with a small ridge, for a handful of inputs: Platt's calibration (1999) of several scores at once. An input
/// whose weight would be negative is left out, so that more suspicion never lowers the result.
/// </summary>
internal static class LogisticRegression
{
    private const int Rounds = 50;
    private const double Ridge = 1e-3;
    private const double Converged = 1e-10;

    /// <param name="inputs">Rows of <paramref name="width"/> inputs one behind the other.</param>
    /// <param name="labels">The answers.</param>
    /// <param name="width">Inputs of a row.</param>
    /// <returns>The weights, none negative, and behind them the intercept.</returns>
    public static double[] Fit(ReadOnlySpan<double> inputs, ReadOnlySpan<bool> labels, int width)
    {
        bool[] used = new bool[width + 1];
        Array.Fill(used, true);
        while (true)
        {
            double[] weights = Newton(inputs, labels, width, used);
            int worst = -1;
            for (int i = 0; i < width; i++)
            {
                worst = weights[i] < 0 && (worst < 0 || weights[i] < weights[worst]) ? i : worst;
            }

            if (worst < 0)
            {
                return weights;
            }

            used[worst] = false;
        }
    }

    private static double[] Newton(ReadOnlySpan<double> inputs, ReadOnlySpan<bool> labels, int width, bool[] used)
    {
        int size = width + 1;
        double[] weights = new double[size];
        double[] row = new double[size];
        for (int round = 0; round < Rounds; round++)
        {
            double[] hessian = new double[size * size];
            double[] gradient = new double[size];
            for (int i = 0; i < labels.Length; i++)
            {
                double score = 0;
                for (int j = 0; j < size; j++)
                {
                    row[j] = !used[j] ? 0 : j == width ? 1 : inputs[(i * width) + j];
                    score += weights[j] * row[j];
                }

                double probability = Logistic.Probability(score);
                double slope = Math.Max(1e-9, probability * (1 - probability));
                for (int j = 0; j < size; j++)
                {
                    gradient[j] += row[j] * ((labels[i] ? 1 : 0) - probability);
                    for (int k = 0; k < size; k++)
                    {
                        hessian[(j * size) + k] += slope * row[j] * row[k];
                    }
                }
            }

            for (int j = 0; j < size; j++)
            {
                hessian[(j * size) + j] += Ridge;
                gradient[j] -= Ridge * weights[j];
            }

            double[] step = Solve(hessian, gradient);
            double length = 0;
            for (int j = 0; j < size; j++)
            {
                weights[j] += step[j];
                length += step[j] * step[j];
            }

            if (length < Converged)
            {
                break;
            }
        }

        return weights;
    }

    // Gaussian elimination with pivoting; the ridge keeps the matrix regular.
    private static double[] Solve(double[] matrix, double[] right)
    {
        int size = right.Length;
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < size; row++)
            {
                pivot = Math.Abs(matrix[(row * size) + column]) > Math.Abs(matrix[(pivot * size) + column]) ? row : pivot;
            }

            for (int k = 0; k < size; k++)
            {
                (matrix[(column * size) + k], matrix[(pivot * size) + k]) = (matrix[(pivot * size) + k], matrix[(column * size) + k]);
            }

            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (int row = column + 1; row < size; row++)
            {
                double factor = matrix[(row * size) + column] / matrix[(column * size) + column];
                for (int k = column; k < size; k++)
                {
                    matrix[(row * size) + k] -= factor * matrix[(column * size) + k];
                }

                right[row] -= factor * right[column];
            }
        }

        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--)
        {
            double sum = right[row];
            for (int k = row + 1; k < size; k++)
            {
                sum -= matrix[(row * size) + k] * solution[k];
            }

            solution[row] = sum / matrix[(row * size) + row];
        }

        return solution;
    }
}
