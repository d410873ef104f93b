using Governance.Audit.Data;
using Governance.Audit.Statistics;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Drift;

/// <summary>Compares the columns of two data sets.</summary>
/// <remarks>
/// <c>auto</c> takes the test of Kolmogorov and Smirnov for numbers and the two-sample χ² test for text. The stability
/// index bins numbers at the deciles of the reference (ends open) and takes each text as a cell; it has drifted above 0.1,
/// or above what sampling alone reaches with probability α, whichever is more.
/// </remarks>
public static class MeasureDrift
{
    private const double StabilityThreshold = 0.1;
    private const double DatasetShare = 0.5;

    /// <summary>Compares.</summary>
    /// <param name="reference">What the data was like.</param>
    /// <param name="current">What it is like.</param>
    /// <param name="measures">Which columns, which test, which correction.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A column is missing, or the test does not fit it.</exception>
    public static DriftReport Run(Table reference, Table current, DriftMeasures measures, int threads, CancellationToken cancellationToken)
    {
        string[] names = measures.Columns is { } asked
            ? [.. asked]
            : [.. reference.Columns.Select(column => column.Name).Where(name => current.Find(name) is not null)];
        Column[][] pairs = [.. names.Select(name => (Column[])[reference.Need(name), current.Need(name)])];
        ColumnDrift[] columns = new ColumnDrift[names.Length];
        InputException?[] faults = new InputException?[names.Length];
        Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
        {
            try
            {
                columns[i] = Compare(pairs[i][0], pairs[i][1], measures);
            }
            catch (InputException fault)
            {
                faults[i] = fault;
            }
        });
        if (faults.FirstOrDefault(fault => fault is not null) is InputException first)
        {
            throw first;
        }

        columns = Adjusted(columns, measures);
        int measured = columns.Count(column => column.Drifted is not null);
        double? share = measured == 0 ? null : (double)columns.Count(column => column.Drifted == true) / measured;
        return new DriftReport(columns, new DatasetDrift(share >= DatasetShare, share, "at least half of the measured columns drifted"));
    }

    private static ColumnDrift Compare(Column reference, Column current, DriftMeasures measures)
    {
        bool numeric = reference is NumberColumn && current is NumberColumn;
        string test = measures.Test == "auto" ? (numeric ? "ks" : "chi2") : measures.Test;
        if (test == "ks" && !numeric)
        {
            throw new InputException($"The column '{reference.Name}' holds text; the test ks needs numbers.") { Column = reference.Name };
        }

        int n = Present(reference);
        int m = Present(current);
        ColumnDrift drift = new()
        {
            Name = reference.Name,
            Kind = numeric ? "numeric" : "categorical",
            Test = test,
            Threshold = test == "psi" ? StabilityThreshold : measures.Alpha,
            ReferenceCount = n,
            CurrentCount = m,
            MissingReference = reference.Count - n,
            MissingCurrent = current.Count - m,
        };
        if (n == 0 || m == 0)
        {
            return drift with { Note = n == 0 ? "the reference has no value" : "the current data has no value" };
        }

        if (test == "ks")
        {
            double statistic = KolmogorovSmirnov.Statistic(Sorted(reference), Sorted(current));
            return drift with { Statistic = statistic, PValue = KolmogorovSmirnov.PValue(statistic, n, m) };
        }

        (long[] before, long[] now) = test == "psi" && numeric ? Deciles(Sorted(reference), Sorted(current)) : Cells(reference, current);
        if (test == "chi2")
        {
            (double statistic, double p) = CountTests.ChiSquare(before, now);
            return drift with { Statistic = statistic, PValue = p, Note = before.Length < 2 ? "one value alone" : null };
        }

        double index = CountTests.Stability(before, now);
        double threshold = Math.Max(StabilityThreshold, CountTests.StabilityNoise(before.Length, n, m, 1 - measures.Alpha));
        return drift with
        {
            Statistic = index,
            Threshold = threshold,
            NoiseFloor = before.Length < 2 ? 0 : (before.Length - 1) * ((1.0 / n) + (1.0 / m)),
            Drifted = index > threshold,
        };
    }

    private static int Present(Column column) => Enumerable.Range(0, column.Count).Count(row => !column.IsMissing(row));

    private static double[] Sorted(Column column)
    {
        double[] values = [.. Enumerable.Range(0, column.Count).Select(column.Number).Where(value => !double.IsNaN(value))];
        Array.Sort(values);
        return values;
    }

    // A constant reference has no deciles: its value, what is below and what is above are then the cells.
    private static (long[] Before, long[] Now) Deciles(double[] reference, double[] current)
    {
        double[] inner = reference[0] == reference[^1]
            ? [reference[0], Math.BitIncrement(reference[0])]
            : [.. Enumerable.Range(1, 9).Select(k => SortedArrayStatistics.QuantileCustom(reference, k / 10.0, QuantileDefinition.R7)).Distinct()];
        return (Counts(reference), Counts(current));

        long[] Counts(double[] values)
        {
            long[] counts = new long[inner.Length + 1];
            foreach (double value in values)
            {
                int place = Array.BinarySearch(inner, value);
                counts[place >= 0 ? place + 1 : ~place]++;
            }

            return counts;
        }
    }

    private static (long[] Before, long[] Now) Cells(Column reference, Column current)
    {
        SortedDictionary<string, (long Before, long Now)> cells = new(StringComparer.Ordinal);
        Add(reference, (1, 0));
        Add(current, (0, 1));
        return ([.. cells.Values.Select(cell => cell.Before)], [.. cells.Values.Select(cell => cell.Now)]);

        void Add(Column column, (long Before, long Now) one)
        {
            for (int row = 0; row < column.Count; row++)
            {
                if (column.Text(row) is string text)
                {
                    (long before, long now) = cells.GetValueOrDefault(text);
                    cells[text] = (before + one.Before, now + one.Now);
                }
            }
        }
    }

    private static ColumnDrift[] Adjusted(ColumnDrift[] columns, DriftMeasures measures)
    {
        double[] p = [.. columns.Select(column => column.PValue).OfType<double>()];
        double[] adjusted = measures.Correction switch
        {
            "holm" => MultipleTests.Holm(p),
            "bh" => MultipleTests.BenjaminiHochberg(p),
            _ => p,
        };
        int next = 0;
        return [.. columns.Select(column =>
        {
            if (column.PValue is null)
            {
                return column;
            }

            double own = adjusted[next++];
            return column with { AdjustedPValue = own, Drifted = own < measures.Alpha };
        })];
    }
}
