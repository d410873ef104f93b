using Governance.Audit.Data;
using Governance.Audit.Drift.Distances;
using DataColumn = Governance.Audit.Data.Column;

namespace Governance.Audit.Drift;

/// <summary>Compares one column with its reference.</summary>
public static class CompareColumn
{
    /// <summary>Compares cells with a prepared reference; they are read as the reference's kind.</summary>
    /// <param name="reference">What the column was like.</param>
    /// <param name="current">What it is like.</param>
    /// <param name="options">How. Adjusts over the value test and the rate of missing cells of this column alone.</param>
    /// <exception cref="InputException">The test needs numbers and the column holds none.</exception>
    public static ColumnDrift Run(PreparedColumn reference, DataColumn current, DriftOptions options) =>
        Run(reference, PreparedColumn.Of(current, reference.Kind), options);

    /// <summary>Compares two prepared columns of one kind.</summary>
    /// <param name="reference">What the column was like.</param>
    /// <param name="current">What it is like.</param>
    /// <param name="options">How. Adjusts over the value test and the rate of missing cells of this column alone.</param>
    /// <exception cref="ArgumentException">The kinds differ, or an option is outside its range.</exception>
    /// <exception cref="InputException">The test needs numbers and the column holds none.</exception>
    public static ColumnDrift Run(PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        options.Check();
        if (reference.Kind != current.Kind)
        {
            throw new ArgumentException($"The columns are {reference.Kind} and {current.Kind}.", nameof(current));
        }

        return JudgeColumns.One(Measure(reference, current, options), options);
    }

    /// <summary>Compares two columns of which counts by cell are left; they share their cells.</summary>
    /// <param name="reference">What the column was like.</param>
    /// <param name="current">What it is like, over the same cells.</param>
    /// <param name="options">How; ks and the Wasserstein distances are taken from the cells, and said to be.</param>
    /// <exception cref="ArgumentException">The cells differ, or an option is outside its range.</exception>
    public static ColumnDrift Run(BinnedColumn reference, BinnedColumn current, DriftOptions options)
    {
        options.Check();
        return JudgeColumns.One(CompareBins.Measure(reference, current, options), options);
    }

    /// <summary>A column of levels among columns that are compared as numbers: its missing cells alone are tested.</summary>
    internal static ColumnDrift Unmeasured(PreparedColumn reference, PreparedColumn current, DriftTest test, DriftOptions options) =>
        Head(reference, current, test, byLevel: true, options) with { Note = $"holds levels; the test {test.Word()} needs numbers" };

    internal static ColumnDrift Measure(PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        (DriftTest test, bool byLevel) = ChooseTest.Of(reference, current, options);
        ColumnDrift head = Head(reference, current, test, byLevel, options);
        if (reference.Count == 0 || current.Count == 0)
        {
            return head with { Note = Joined([reference.Count == 0 ? "the reference has no value" : "the current data has no value", .. Unusable(reference, current)]) };
        }

        Comparison found = byLevel ? CompareCells.Levels(test, reference, current, options) : CompareNumbers.Run(test, reference, current, options);
        return Filled(head, found, options) with
        {
            Note = Joined([.. found.Notes, .. Stuck(reference, current), .. Unusable(reference, current)]),
        };
    }

    private static ColumnDrift Head(PreparedColumn reference, PreparedColumn current, DriftTest test, bool byLevel, DriftOptions options) => new()
    {
        Name = reference.Name,
        Kind = reference.Kind.ToString().ToLowerInvariant(),
        Test = test.Word(),
        Threshold = test.HasPValue() ? options.Alpha : options.Limit,
        ReferenceCount = reference.Count,
        CurrentCount = current.Count,
        MissingReference = reference.Missing,
        MissingCurrent = current.Missing,
        UnusableReference = reference.Infinite + reference.Unreadable,
        UnusableCurrent = current.Infinite + current.Unreadable,
        Missing = MissingRate.Compare(reference.Rows, reference.Count, current.Rows, current.Count),
        Histogram = options.Histograms ? DriftHistograms.Of(reference, current, byLevel) : null,
    };

    /// <summary>Puts what a comparison found into the report's form.</summary>
    internal static ColumnDrift Filled(ColumnDrift head, Comparison found, DriftOptions options)
    {
        double? floor = found.Noise?.Invoke(options.Alpha);
        double? p = found.ExactPValue ?? found.PValue;
        double threshold = p is not null ? options.Alpha : Math.Max(found.Limit, found.Noise?.Invoke(options.OwnAlpha) ?? 0);
        return head with
        {
            Statistic = found.Statistic,
            PValue = found.PValue ?? found.ExactPValue,
            ExactPValue = found.PValue is null ? null : found.ExactPValue,
            Threshold = threshold,
            NoiseFloor = p is null ? floor : null,
            ValuesDrifted = p is double known ? known < options.Alpha : found.Statistic > threshold,
            NewLevels = found.New,
            VanishedLevels = found.Vanished,
            Note = Joined(found.Notes),
        };
    }

    private static string? Joined(IReadOnlyList<string> notes) => notes.Count == 0 ? null : string.Join("; ", notes);

    private static string[] Stuck(PreparedColumn reference, PreparedColumn current) =>
        current.Count > 1 && current.IsConstant && !reference.IsConstant ? ["the current data holds one value alone"] : [];

    private static IEnumerable<string> Unusable(PreparedColumn reference, PreparedColumn current)
    {
        foreach ((PreparedColumn column, string data) in ((PreparedColumn, string)[])[(reference, "the reference"), (current, "the current data")])
        {
            if (column.Infinite > 0)
            {
                yield return $"{column.Infinite} infinite cells of {data} count as cells without a value";
            }

            if (column.Unreadable > 0)
            {
                yield return $"{column.Unreadable} cells of {data} are no {(column.Kind == DriftKind.Datetime ? "dates" : "numbers")} and count as cells without a value";
            }
        }
    }
}
