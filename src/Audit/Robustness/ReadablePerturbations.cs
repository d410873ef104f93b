using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Slices;

namespace Governance.Audit.Robustness;

/// <summary>Changes of readable cells: they go through the encoding, so that one-hot features stay one-hot and whole numbers whole.</summary>
internal static class ReadablePerturbations
{
    private const double FarthestRange = 10;

    private static readonly double[] Shares = [0.05, 0.1, 0.2, 0.5];

    /// <summary>Noise in all columns.</summary>
    public static IEnumerable<Perturbation> Noise(RobustnessSubject subject)
    {
        Func<TestedColumn, double, int, Column> change = NoiseOf(subject);
        yield return Each(
            subject, subject.Columns, [],
            new Perturbation
            {
                Test = "noise",
                Title = "Noise in every column",
                Unit = "standard deviations of a number; the chance that a level or token is redrawn",
                Strengths = [0.05, 0.1, 0.2, 0.5, 1],
            },
            "The model takes no column that may be changed.", change);
    }

    /// <summary>Noise as a change of one column.</summary>
    public static Func<TestedColumn, double, int, Column> NoiseOf(RobustnessSubject subject)
    {
        // Tokens of an input are drawn from all its places, without the padding.
        string padding = subject.Request.Padding;
        Dictionary<int, double[]> tokens = subject.Columns.Where(column => column.Role == ColumnRole.Token && column.Cells is NumberColumn)
            .GroupBy(column => column.Readable.Elements[0].Tensor)
            .ToDictionary(input => input.Key, input => input.SelectMany(column => ((NumberColumn)column.Cells).Values.ToArray())
                .Where(value => !double.IsNaN(value) && !(PlainDecimal.TryParse(padding, out double pad) && value == pad)).ToArray());
        return (column, strength, repeat) => CellChanges.Noise(
            column, strength, subject.Request.Seed, repeat, tokens.GetValueOrDefault(column.Readable.Elements[0].Tensor) ?? [], padding);
    }

    /// <summary>Empty cells.</summary>
    public static IEnumerable<Perturbation> Missing(RobustnessSubject subject)
    {
        (List<TestedColumn> fitting, List<SkippedColumn> skipped) = Accepting(subject, subject.Columns, column => CellChanges.Missing(column, 1, 0, 0));
        yield return Each(
            subject, fitting, skipped,
            new Perturbation { Test = "missing", Title = "Cells that are empty", Unit = "the chance of each cell", Strengths = Shares },
            "The encoding refuses empty cells in every column.",
            (column, chance, repeat) => CellChanges.Missing(column, chance, subject.Request.Seed, repeat));
    }

    /// <summary>Numbers of a few values.</summary>
    public static IEnumerable<Perturbation> Quantise(RobustnessSubject subject)
    {
        yield return Each(
            subject, [.. subject.Columns.Where(column => column.HasScale)], [],
            new Perturbation
            {
                Test = "quantise",
                Title = "Numbers rounded to a few values",
                Unit = "values a column, evenly over its range; fewer are coarser",
                Strengths = [64, 32, 16, 8, 4, 2],
                IsRandom = false,
            },
            "The model takes no column of numbers.", (column, values, _) => CellChanges.Quantised(column, values));
    }

    /// <summary>Outer numbers brought in.</summary>
    public static Perturbation Winsorise(RobustnessSubject subject) => Each(
        subject, [.. subject.Columns.Where(column => column.Role == ColumnRole.Number)], [],
        new Perturbation
        {
            Test = "denoise",
            Title = "Outer numbers brought in to a quantile (winsorised)",
            Unit = "the share of rows at either end",
            Strengths = [0.01, 0.025, 0.05, 0.1],
            IsRandom = false,
        },
        "The model takes no column of numbers and no picture.", (column, share, _) => CellChanges.Winsorised(column, share));

    /// <summary>One number a row beyond its column's range.</summary>
    public static IEnumerable<Perturbation> Range(RobustnessSubject subject)
    {
        (List<TestedColumn> fitting, List<SkippedColumn> skipped) = Accepting(
            subject, [.. subject.Columns.Where(column => column.HasScale && column.Most > column.Least)],
            column => CellChanges.OutOfRange(column, FarthestRange, [.. Enumerable.Repeat(true, column.Cells.Count)], 0, 0));
        TestedColumn[] numbers = [.. fitting];
        yield return Each(
            subject, numbers, skipped,
            new Perturbation
            {
                Test = "range",
                Title = "One number a row beyond the range of its column",
                Unit = "ranges of the column beyond its end",
                Strengths = [0.1, 0.5, 1, FarthestRange],
            },
            skipped.Count > 0 ? "The encoding refuses numbers out of range in every column." : "The model takes no column of numbers.",
            (column, share, repeat) =>
            {
                int own = Array.IndexOf(numbers, column);
                int[] chosen = Chosen(subject, numbers.Length, repeat);
                return CellChanges.OutOfRange(column, share, Array.ConvertAll(chosen, index => index == own), subject.Request.Seed, repeat);
            });
    }

    /// <summary>Levels that nobody knows.</summary>
    public static IEnumerable<Perturbation> Unseen(RobustnessSubject subject)
    {
        (List<TestedColumn> fitting, List<SkippedColumn> skipped) = Accepting(
            subject, [.. subject.Columns.Where(column => column.Role == ColumnRole.Level)], column => CellChanges.Unseen(column, 1, 0, 0));
        yield return Each(
            subject, fitting, skipped,
            new Perturbation { Test = "unseen", Title = "Levels that the model has never seen", Unit = "the chance of each cell", Strengths = Shares },
            skipped.Count > 0 ? "The encoding refuses unknown levels in every column." : "The model takes no column of levels.",
            (column, chance, repeat) => CellChanges.Unseen(column, chance, subject.Request.Seed, repeat));
    }

    /// <summary>The columns whose changed cells the encoding takes, and why it refuses the others.</summary>
    public static (List<TestedColumn> Fitting, List<SkippedColumn> Skipped) Accepting(
        RobustnessSubject subject, IReadOnlyList<TestedColumn> columns, Func<TestedColumn, Column> change)
    {
        List<TestedColumn> fitting = [];
        List<SkippedColumn> skipped = [];
        foreach (TestedColumn column in columns)
        {
            if (subject.RefusalOf(column, change(column)) is string reason)
            {
                skipped.Add(new SkippedColumn(column.Name, reason));
            }
            else
            {
                fitting.Add(column);
            }
        }

        return (fitting, skipped);
    }

    private static Perturbation Each(
        RobustnessSubject subject, IReadOnlyList<TestedColumn> columns, List<SkippedColumn> skipped, Perturbation form, string refusal,
        Func<TestedColumn, double, int, Column> change) => columns.Count == 0
            ? form with { Skipped = skipped, Refusal = refusal }
            : form with
            {
                Changed = [.. columns.Select(column => column.Name)],
                Skipped = skipped,
                Make = (strength, repeat) => subject.Encode(columns.ToDictionary(column => column.Name, column => change(column, strength, repeat))),
            };

    // Which column of several each row has changed.
    private static int[] Chosen(RobustnessSubject subject, int columns, int repeat)
    {
        SeededRandom random = new(subject.Request.Seed, -1 - repeat);
        int[] chosen = new int[subject.Encoded.Rows];
        for (int row = 0; row < chosen.Length; row++)
        {
            chosen[row] = random.NextBelow(columns);
        }

        return chosen;
    }
}
