namespace Governance.Audit.Drift;

/// <summary>One order statistic without sorting the rest: Hoare's FIND (1961), Communications of the ACM 4, 321–322.</summary>
internal static class NthSmallest
{
    /// <summary>Finds it; the values are left in another order.</summary>
    /// <param name="values">Numbers, none of them NaN.</param>
    /// <param name="place">Which one in rising order, from 0.</param>
    public static double Of(Span<double> values, int place)
    {
        (int low, int high) = (0, values.Length - 1);
        while (low < high)
        {
            double pivot = Middle(values[low], values[low + ((high - low) / 2)], values[high]);
            (int left, int right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            (low, high) = place <= right ? (low, right) : place >= left ? (left, high) : (place, place);
        }

        return values[place];
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
