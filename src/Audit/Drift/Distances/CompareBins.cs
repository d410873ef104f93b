using Governance.Audit.Data;

namespace Governance.Audit.Drift.Distances;

/// <summary>Compares two columns of which counts by cell are left.</summary>
internal static class CompareBins
{
    /// <summary>Compares.</summary>
    /// <exception cref="ArgumentException">The columns have other cells.</exception>
    /// <exception cref="InputException">The test needs the values.</exception>
    public static ColumnDrift Measure(BinnedColumn reference, BinnedColumn current, DriftOptions options)
    {
        if (reference.Kind != current.Kind || !reference.Edges.SequenceEqual(current.Edges))
        {
            throw new ArgumentException("The columns have other cells.", nameof(current));
        }

        DriftTest test = Chosen(reference, options);
        ColumnDrift head = new()
        {
            Name = reference.Name,
            Kind = reference.Kind.ToString().ToLowerInvariant(),
            Test = test.Word(),
            Threshold = test.HasPValue() ? options.Alpha : options.Limit,
            ReferenceCount = checked((int)reference.Count),
            CurrentCount = checked((int)current.Count),
            MissingReference = checked((int)(reference.Rows - reference.Count)),
            MissingCurrent = checked((int)(current.Rows - current.Count)),
            Missing = MissingRate.Compare((int)reference.Rows, (int)reference.Count, (int)current.Rows, (int)current.Count),
        };
        if (reference.Count == 0 || current.Count == 0)
        {
            return head with { Note = reference.Count == 0 ? "the reference has no value" : "the current data has no value" };
        }

        bool levels = reference.Kind == DriftKind.Categorical;
        LevelCells? cells = levels ? LevelCells.Of(reference.Levels, current.Levels) : null;
        long[] before = cells?.Reference ?? [.. reference.Counts];
        long[] now = cells?.Current ?? [.. current.Counts];
        Comparison found = test == DriftTest.Ks ? OfSteps(before, now) : CompareCells.Counts(test, before, now, options);
        return CompareColumn.Filled(
            head,
            found with
            {
                New = cells?.New.Count ?? 0,
                Vanished = cells?.Vanished.Count ?? 0,
                Notes = [.. levels ? (string[])[] : ["compared by counts in bins"], .. found.Notes],
            },
            options);
    }

    private static DriftTest Chosen(BinnedColumn reference, DriftOptions options)
    {
        bool levels = reference.Kind == DriftKind.Categorical;
        DriftTest asked = options.Asked == DriftTest.Auto
            ? (reference.Count > ChooseTest.MostTested ? DriftTest.Js : levels ? DriftTest.Chi2 : DriftTest.Ks)
            : options.Asked;
        return asked.IsJoint() || asked is DriftTest.Wasserstein or DriftTest.WassersteinNormed || (levels && asked == DriftTest.Ks)
            ? throw new InputException($"The test {asked.Word()} needs the values of '{reference.Name}', of which counts alone are left.") { Column = reference.Name }
            : asked;
    }

    // The distance at the edges: at most the distance of the values, so that its p value is too large and never too small.
    private static Comparison OfSteps(long[] before, long[] now)
    {
        long n = CellDistances.Sum(before);
        long m = CellDistances.Sum(now);
        (long first, long second) = (0, 0);
        double largest = 0;
        for (int cell = 0; cell < before.Length; cell++)
        {
            first += before[cell];
            second += now[cell];
            largest = Math.Max(largest, Math.Abs(((double)first / n) - ((double)second / m)));
        }

        return new Comparison { Statistic = largest, PValue = KolmogorovSmirnov.PValue(largest, checked((int)n), checked((int)m)) };
    }
}
