namespace Governance.Audit.Mitigation;

/// <summary>The weight of a group's rows of one label.</summary>
/// <param name="Group">The group.</param>
/// <param name="Label">The label.</param>
/// <param name="Factor">Multiplied into the weight of each such row; NaN where there is no such row.</param>
public sealed record LabelWeight(string Group, string Label, double Factor);

/// <summary>Weights under which label and group are independent, for the next training.</summary>
/// <remarks>
/// Kamiran and Calders, "Data preprocessing techniques for classification without discrimination", Knowledge and Information
/// Systems 33, 2012: w(g, y) = n(y) · n(g) / (n · n(g, y)), in weights where rows have some. A cell without rows has no factor.
/// </remarks>
public static class ReweighRows
{
    /// <summary>Computes the factors. O(rows).</summary>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row does not count).</param>
    /// <param name="group">Shape [rows]: in [0, groups); -1 for none: the row keeps its weight, but counts in n and n(y).</param>
    /// <param name="weight">Shape [rows], at least 0; empty for 1 each.</param>
    /// <param name="factors">Shape [groups, 2]: receives the factors of negative and positive rows; NaN for cells without weight.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Factors(ReadOnlySpan<sbyte> label, ReadOnlySpan<int> group, ReadOnlySpan<double> weight, Span<double> factors)
    {
        if (group.Length != label.Length || (!weight.IsEmpty && weight.Length != label.Length) || factors.Length % 2 != 0)
        {
            throw new ArgumentException("Labels, groups and weights need equally many rows.", nameof(group));
        }

        Span<double> ofLabel = stackalloc double[2];
        ofLabel.Clear();
        factors.Clear();
        for (int row = 0; row < label.Length; row++)
        {
            if (label[row] >= 0)
            {
                double own = weight.IsEmpty ? 1 : weight[row];
                ofLabel[label[row]] += own;
                if (group[row] >= 0)
                {
                    factors[(2 * group[row]) + label[row]] += own;
                }
            }
        }

        double all = ofLabel[0] + ofLabel[1];
        for (int cell = 0; cell < factors.Length; cell += 2)
        {
            double ofGroup = factors[cell] + factors[cell + 1];
            for (int y = 0; y < 2; y++)
            {
                factors[cell + y] = factors[cell + y] > 0 ? ofLabel[y] * ofGroup / (all * factors[cell + y]) : double.NaN;
            }
        }
    }

    /// <summary>The rows' weights after reweighing.</summary>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row keeps its weight).</param>
    /// <param name="group">Shape [rows]: in [0, groups); -1 for none (the row keeps its weight).</param>
    /// <param name="weight">Shape [rows]; empty for 1 each.</param>
    /// <param name="factors">Shape [groups, 2], from <see cref="Factors"/>.</param>
    public static double[] Apply(ReadOnlySpan<sbyte> label, ReadOnlySpan<int> group, ReadOnlySpan<double> weight, ReadOnlySpan<double> factors)
    {
        double[] weights = new double[label.Length];
        for (int row = 0; row < weights.Length; row++)
        {
            double factor = label[row] >= 0 && group[row] >= 0 ? factors[(2 * group[row]) + label[row]] : 1;
            weights[row] = (weight.IsEmpty ? 1 : weight[row]) * (double.IsNaN(factor) ? 1 : factor);
        }

        return weights;
    }
}
