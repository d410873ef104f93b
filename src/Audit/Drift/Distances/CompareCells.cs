using System.Globalization;
using Governance.Audit.Drift.Noise;

namespace Governance.Audit.Drift.Distances;

/// <summary>Compares two samples by their counts over cells that do not depend on which sample a value is in.</summary>
internal static class CompareCells
{
    /// <summary>Compares two categorical samples, or numbers of few values.</summary>
    public static Comparison Levels(DriftTest test, PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        LevelCells cells = LevelCells.Of(reference.Levels, current.Levels);
        Comparison found = reference.IsConstant
            ? DegenerateColumn.Cells(test, reference, SameAndOther(reference, current))
            : Counts(test, cells.Reference, cells.Current, options);
        List<string> notes = [.. found.Notes];
        if (cells.Pooled > 0)
        {
            notes.Add(Say($"{cells.Pooled:N0} rare levels are counted as one"));
        }

        AddLevels(notes, "new", cells.New, cells.Names.Count);
        AddLevels(notes, "vanished", cells.Vanished, cells.Names.Count);
        return found with { New = cells.New.Count, Vanished = cells.Vanished.Count, Notes = notes };
    }

    /// <summary>Compares counts.</summary>
    /// <param name="test">A test on cells.</param>
    /// <param name="reference">Shape [cells], the sum above 0.</param>
    /// <param name="current">Shape [cells], the sum above 0.</param>
    /// <param name="options">Limit, α and seed.</param>
    public static Comparison Counts(DriftTest test, long[] reference, long[] current, DriftOptions options)
    {
        double statistic = CellDistances.Of(test, reference, current);
        return test == DriftTest.Chi2 ? Table(statistic, reference, current, options) : new Comparison
        {
            Statistic = statistic,
            Limit = options.Limit,
            Noise = options.EveryFloor || statistic > options.Limit ? NoiseFloor.Of(test, reference, current, options) : null,
        };
    }

    private static Comparison Table(double statistic, long[] reference, long[] current, DriftOptions options)
    {
        int cells = ChiSquare.Cells(reference, current);
        double p = ChiSquare.PValue(statistic, cells);
        bool small = cells > 1 && ChiSquare.Least(reference, current) < ChiSquare.LeastExpected;
        return new Comparison
        {
            Statistic = statistic,
            PValue = p,
            ExactPValue = !small ? null : cells == 2 ? TwoByTwo(reference, current)
                : CellNoise.Simulate(DriftTest.Chi2, reference, current, options.Seed).PValue(statistic),
            Notes = cells < 2 ? ["both hold one value alone, the same"]
                : !small ? []
                : [cells == 2 ? "expected counts below 5: judged by Fisher's exact test" : "expected counts below 5: judged by drawn deals of the pooled values"],
        };
    }

    private static double TwoByTwo(long[] reference, long[] current)
    {
        int[] used = [.. Enumerable.Range(0, reference.Length).Where(cell => reference[cell] + current[cell] > 0)];
        return Statistics.FisherExact.TwoSided(
            (int)reference[used[0]], (int)CellDistances.Sum(reference), (int)current[used[0]], (int)CellDistances.Sum(current));
    }

    private static (long[] Reference, long[] Current) SameAndOther(PreparedColumn reference, PreparedColumn current)
    {
        long same = current.Levels.GetValueOrDefault(reference.Levels.Keys.First());
        return ([reference.Count, 0], [same, current.Count - same]);
    }

    // Levels of a column of very many may be names of persons.
    private static void AddLevels(List<string> notes, string what, IReadOnlyList<string> levels, int all)
    {
        if (levels.Count > 0)
        {
            string named = all > DriftHistograms.MostNamed ? "" : $": {string.Join(", ", levels.Take(5).Select(Short))}{(levels.Count > 5 ? ", …" : "")}";
            notes.Add(Say($"{levels.Count:N0} {what} level{(levels.Count == 1 ? "" : "s")}{named}"));
        }
    }

    private static string Short(string level) => level.Length <= 40 ? $"'{level}'" : $"'{level[..40]}…'";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
