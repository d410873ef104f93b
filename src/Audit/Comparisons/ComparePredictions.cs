using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>Compares two versions' predictions of the same rows. Pure and deterministic.</summary>
/// <remarks>
/// Everything is paired: what is hard for both cancels out, so that differences are found that two intervals side by side
/// would never show. Intervals come from both versions' influences row by row (of areas: DeLong's test), or from rows drawn
/// anew for both at once.
/// </remarks>
public static class ComparePredictions
{
    /// <summary>Compares.</summary>
    /// <param name="table">Rows with a label and the columns of both.</param>
    /// <param name="a">The first's columns.</param>
    /// <param name="b">The second's columns.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    /// <exception cref="InputException">A column is missing or cannot serve, or no row is left.</exception>
    public static ComparisonReport Run(
        Table table, PredictionColumns a, PredictionColumns b, ComparisonOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        Table rows = Complete(table, options.Performance.Label, [a, b], warn);
        PredictionSample first = Read(rows, a, options.Performance, warn);
        PredictionSample second = Read(rows, b, options.Performance, _ => { });
        if (first.Rows != second.Rows || first.Task != second.Task)
        {
            throw new InputException("The two versions' predictions are not of the same rows and the same kind of task.");
        }

        MetricPairs pairs = MetricPairs.Of(first, second, options.Performance, cancellationToken);
        bool decides = first.Task != "regression";
        (int[] Truth, int[] A, int[] B, IReadOnlyList<string> Classes) codes = decides ? Codes(rows, a, b, options.Performance) : ([], [], [], []);
        DiscordantRows? discordant = decides && first.Weight.IsEmpty ? CountFlips.Discordant(codes.Truth, codes.A, codes.B) : null;
        int? favourable = decides && options.Protected.Count > 0 && first.Positive is string wanted ? Favourable(codes.Classes, options.Favourable ?? wanted) : null;
        int decisive = first.Positive is string positive ? codes.Classes.ToList().IndexOf(options.Favourable ?? positive) : -1;
        return new ComparisonReport
        {
            A = options.A,
            B = options.B,
            Task = first.Task,
            Positive = first.Positive,
            Count = first.Rows,
            Interval = options.Performance.Interval,
            Level = options.Performance.Level,
            Metrics = pairs.Compared(discordant),
            Discordant = discordant,
            Flips = decides ? CountFlips.All(codes.A, codes.B, codes.Classes, options.Performance.Level) : null,
            Groups = decides
                ? [.. options.Protected.SelectMany(column => CountFlips.ByGroup(
                    Levels.Of(rows.Need(column)), codes.Truth, codes.A, codes.B,
                    favourable, options))]
                : [],
            Scores = Likeness(rows, decides ? a.Scores : [a.Prediction], decides ? b.Scores : [b.Prediction]),
            Grid = Grid(rows, decides ? a.Scores : [a.Prediction], decides ? b.Scores : [b.Prediction], codes.A, codes.B, decisive < 0 ? null : decisive),
            CalibrationA = pairs.CalibrationA,
            CalibrationB = pairs.CalibrationB,
            Undefined = pairs.Undefined,
        };
    }

    private static ScoreGrid? Grid(Table rows, IReadOnlyList<string> a, IReadOnlyList<string> b, int[] decidedA, int[] decidedB, int? favourable)
    {
        if (a.Count != 1 || b.Count != 1)
        {
            return null;
        }

        bool decides = favourable is not null;
        bool[] gained = decides ? [.. decidedA.Zip(decidedB, (x, y) => x != favourable && y == favourable)] : [];
        bool[] lost = decides ? [.. decidedA.Zip(decidedB, (x, y) => x == favourable && y != favourable)] : [];
        return ScoreCells.Count(NumberCells.Read(rows, a[0]), NumberCells.Read(rows, b[0]), gained, lost, unit: decidedA.Length > 0);
    }

    // A row speaks only where both have said something of it.
    private static Table Complete(Table table, string label, PredictionColumns[] sides, Action<AuditWarning> warn)
    {
        Column[] needed = [table.Need(label), .. sides.SelectMany(side => (string[])[side.Prediction, .. side.Scores]).Select(table.Need)];
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !Array.Exists(needed, column => column.IsMissing(row)))];
        if (kept.Length == 0)
        {
            throw new InputException($"No row has a label in '{label}' and predictions of both versions.") { Column = label };
        }

        if (kept.Length < table.Rows)
        {
            warn(new AuditWarning("incomplete-rows", $"{table.Rows - kept.Length} rows lack a label or a prediction and are left out."));
        }

        return kept.Length == table.Rows ? table : table.Take(kept);
    }

    // Intervals of either by itself are in closed form; what is drawn anew is drawn for both at once.
    private static PredictionSample Read(Table rows, PredictionColumns side, PerformanceOptions options, Action<AuditWarning> warn) =>
        MeasurePerformance.Read(
            rows,
            options with { Prediction = side.Prediction, Scores = side.Scores, Threshold = null, Interval = IntervalMethod.Analytic },
            warn).Sample;

    private static (int[] Truth, int[] A, int[] B, IReadOnlyList<string> Classes) Codes(
        Table rows, PredictionColumns a, PredictionColumns b, PerformanceOptions options)
    {
        Levels[] columns = [.. ((string[])[options.Label, a.Prediction, b.Prediction]).Select(name => Levels.Of(rows.Need(name)))];
        string[] classes = [.. columns.SelectMany(column => column.Names).Distinct(StringComparer.Ordinal)];
        int[][] codes = [.. columns.Select(column =>
        {
            int[] index = [.. column.Names.Select(name => Array.IndexOf(classes, name))];
            return Array.ConvertAll(column.Codes.ToArray(), code => index[code]);
        })];
        return (codes[0], codes[1], codes[2], classes);
    }

    private static int Favourable(IReadOnlyList<string> classes, string name) => classes.ToList().IndexOf(name) is >= 0 and int index
        ? index
        : throw new InputException($"The favourable outcome '{name}' is none of the classes {string.Join(", ", classes)}.");

    private static ScoreLikeness? Likeness(Table rows, IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        if (a.Count != 1 || b.Count != 1)
        {
            return null;
        }

        double[] first = NumberCells.Read(rows, a[0]);
        double[] second = NumberCells.Read(rows, b[0]);
        double[] distance = [.. first.Zip(second, (x, y) => Math.Abs(x - y))];
        double correlation = MathNet.Numerics.Statistics.Correlation.Pearson(first, second);
        return new ScoreLikeness(double.IsFinite(correlation) ? correlation : null, distance.Average(), distance.Max());
    }
}
