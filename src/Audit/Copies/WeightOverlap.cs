namespace Governance.Audit.Copies;

/// <summary>The share of a suspect's weights that occur among a model's, against what chance gives.</summary>
/// <param name="Values">How many of the suspect's weights have enough digits to be anyone's own.</param>
/// <param name="Shared">The share of them found among the model's weights, 0 to 1.</param>
/// <param name="Chance">The share found among weights displaced by a little, 0 to 1: what coincidence gives.</param>
/// <param name="Tolerance">How close counts, relative: 1e-6 for the same numbers, more for rounded ones.</param>
/// <param name="Scaled">Whether each tensor had to be scaled to the same size first.</param>
internal sealed record WeightShare(int Values, double Shared, double Chance, double Tolerance, bool Scaled)
{
    /// <summary>What is shared beyond chance: 1 all, 0 none.</summary>
    public double Excess => Chance >= 1 ? 0 : Math.Max(0, (Shared - Chance) / (1 - Chance));
}

/// <summary>Compares weights as multisets, so that reordered, renamed, rescaled and rounded copies are found.</summary>
/// <remarks>
/// Pure counting over sorted lists: O(n log n). Small whole numbers and short decimals (0, 1, 0.5) belong to nobody and
/// are left out. Chance is measured, not assumed: the same count against the model's weights displaced by three
/// tolerances, where nothing but coincidence is left.
/// </remarks>
internal static class WeightOverlap
{
    /// <summary>Fewer values are no evidence.</summary>
    public const int FewestValues = 8;

    // The same numbers, then as float16 or four digits would keep them.
    private static readonly double[] Tolerances = [1e-6, 1e-4, 1e-3];

    /// <summary>The best of the tolerances, unscaled and scaled; the plainest of equals.</summary>
    public static WeightShare Compare(IReadOnlyList<WeightTensor> suspect, IReadOnlyList<WeightTensor> model)
    {
        WeightShare best = new(Own(suspect, scaled: false).Length, 0, 0, Tolerances[0], false);
        foreach (bool scaled in (bool[])[false, true])
        {
            double[] theirs = Own(suspect, scaled);
            double[] ours = Own(model, scaled);
            foreach (double tolerance in Tolerances)
            {
                WeightShare share = Count(theirs, ours, tolerance, scaled);
                if (share.Values >= FewestValues && share.Excess > best.Excess + 0.02)
                {
                    best = share;
                }
            }
        }

        return best;
    }

    private static WeightShare Count(double[] suspect, double[] model, double tolerance, bool scaled)
    {
        if (suspect.Length == 0 || model.Length == 0)
        {
            return new WeightShare(suspect.Length, 0, 0, tolerance, scaled);
        }

        int shared = 0;
        double chance = 0;
        foreach (double value in suspect)
        {
            double width = tolerance * Math.Abs(value);
            shared += FeatureMap.Holds(model, value, width) ? 1 : 0;
            chance += (FeatureMap.Holds(model, value + (3 * width), width) ? 0.5 : 0)
                + (FeatureMap.Holds(model, value - (3 * width), width) ? 0.5 : 0);
        }

        return new WeightShare(
            suspect.Length, (double)shared / suspect.Length, chance / suspect.Length, tolerance, scaled);
    }

    // Ascending. Scaled: divided by the tensor's root mean square, and turned so that its larger half is positive.
    private static double[] Own(IReadOnlyList<WeightTensor> tensors, bool scaled)
    {
        List<double> values = [];
        foreach (WeightTensor tensor in tensors)
        {
            double size = 1;
            if (scaled)
            {
                double cubes = tensor.Values.Sum(value => value * value * value);
                size = Math.Sqrt(tensor.Values.Sum(value => value * value) / Math.Max(1, tensor.Values.Length)) * (cubes < 0 ? -1 : 1);
            }

            if (size != 0 && double.IsFinite(size) && (!scaled || tensor.Values.Length >= FewestValues))
            {
                values.AddRange(tensor.Values.Where(IsOwn).Select(value => value / size));
            }
        }

        values.Sort();
        return [.. values];
    }

    // At least four digits once written as a float: 0.125 and 1e-5 are anyone's, 0.12534 is somebody's.
    private static bool IsOwn(double value) => double.IsFinite(value) && Digits((float)value) >= 4;

    private static int Digits(float value)
    {
        int count = 0;
        int trailing = 0;
        foreach (char c in Math.Abs(value).ToString("R"))
        {
            if (c is 'E' or 'e')
            {
                break;
            }

            if (char.IsAsciiDigit(c) && (c != '0' || count > 0))
            {
                count++;
                trailing = c == '0' ? trailing + 1 : 0;
            }
        }

        return count - trailing;
    }
}
