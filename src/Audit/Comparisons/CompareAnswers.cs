using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>What two versions decided, as classes that both share.</summary>
/// <param name="A">Shape [rows]: the first's class.</param>
/// <param name="B">Shape [rows]: the second's.</param>
/// <param name="Truth">Shape [rows]: the true class; null where nobody knows it.</param>
/// <param name="Classes">Their names.</param>
internal sealed record AnswerCodes(int[] A, int[] B, int[]? Truth, IReadOnlyList<string> Classes)
{
    /// <summary>Reads the columns.</summary>
    /// <param name="rows">Complete rows.</param>
    /// <param name="a">The first's predictions.</param>
    /// <param name="b">The second's.</param>
    /// <param name="label">The label's column; null without one.</param>
    /// <param name="more">Classes that may not occur.</param>
    public static AnswerCodes Read(Table rows, string a, string b, string? label, params IEnumerable<string?> more)
    {
        Levels[] columns = [.. (label is null ? new[] { a, b } : [a, b, label]).Select(name => Levels.Of(rows.Need(name)))];
        string[] classes = [.. columns.SelectMany(column => column.Names).Concat(more.OfType<string>()).Distinct(StringComparer.Ordinal)];
        int[][] codes = [.. columns.Select(column =>
        {
            int[] index = [.. column.Names.Select(name => Array.IndexOf(classes, name))];
            return Array.ConvertAll(column.Codes.ToArray(), code => index[code]);
        })];
        return new AnswerCodes(codes[0], codes[1], label is null ? null : codes[2], classes);
    }
}

/// <summary>Compares what two versions say of the same rows, whatever was true.</summary>
internal static class CompareAnswers
{
    /// <summary>Fills what needs no label: flips, agreement, likeness and shift of the scores.</summary>
    /// <param name="report">Task, level and count are there.</param>
    /// <param name="rows">Complete rows.</param>
    /// <param name="a">The first's columns.</param>
    /// <param name="b">The second's.</param>
    /// <param name="codes">Decisions; null for regression.</param>
    /// <param name="options">Protected columns, favourable outcome, level.</param>
    /// <exception cref="InputException">The favourable outcome is none of the classes, or a protected column is missing.</exception>
    public static ComparisonReport Fill(
        ComparisonReport report, Table rows, PredictionColumns a, PredictionColumns b, AnswerCodes? codes, ComparisonOptions options)
    {
        Levels[] groups = [.. options.Protected.Select(column => Levels.Of(rows.Need(column)))];
        if (codes is not null)
        {
            int? favourable = groups.Length > 0 && report.Positive is string wanted ? Favourable(codes.Classes, options.Favourable ?? wanted) : null;
            report = report with
            {
                Flips = CountFlips.All(codes.A, codes.B, codes.Classes, report.Level),
                Agreement = Agreement(codes, options.Performance),
                Groups = [.. groups.SelectMany(column => CountFlips.ByGroup(column, codes.Truth, codes.A, codes.B, favourable, options))],
            };
        }

        IReadOnlyList<string> ours = codes is null ? [a.Prediction] : a.Scores;
        IReadOnlyList<string> theirs = codes is null ? [b.Prediction] : b.Scores;
        if (ours.Count != 1 || theirs.Count != 1)
        {
            return report;
        }

        double[] first = NumberCells.Read(rows, ours[0]);
        double[] second = NumberCells.Read(rows, theirs[0]);
        return report with
        {
            Scores = Likeness(first, second),
            Shift = MeasureShift.Of(first, second, report.Level),
            Shifts = [.. groups.SelectMany(column => MeasureShift.ByGroup(column, first, second, report.Level))],
            Grid = Grid(first, second, codes, report.Positive is string positive ? options.Favourable ?? positive : null),
        };
    }

    // The kappa of any two readers of the same rows: the first's decisions stand where labels would.
    private static AnswerAgreement Agreement(AnswerCodes codes, PerformanceOptions options)
    {
        ScoreSheet sheet = new ClassSample(
            new ClassPredictions(codes.Classes, codes.A, codes.B, null, null),
            new PerformanceOptions { Label = options.Label, Level = options.Level }).Measure(CancellationToken.None);
        return new AnswerAgreement(sheet.Metrics["kappa"], sheet.Intervals.GetValueOrDefault("kappa"));
    }

    private static ScoreGrid? Grid(double[] first, double[] second, AnswerCodes? codes, string? favourable)
    {
        int wanted = codes is null || favourable is null ? -1 : codes.Classes.ToList().IndexOf(favourable);
        bool[] gained = wanted < 0 ? [] : [.. codes!.A.Zip(codes.B, (x, y) => x != wanted && y == wanted)];
        bool[] lost = wanted < 0 ? [] : [.. codes!.A.Zip(codes.B, (x, y) => x == wanted && y != wanted)];
        return ScoreCells.Count(first, second, gained, lost, unit: codes is not null);
    }

    private static int Favourable(IReadOnlyList<string> classes, string name) => classes.ToList().IndexOf(name) is >= 0 and int index
        ? index
        : throw new InputException($"The favourable outcome '{name}' is none of the classes {string.Join(", ", classes)}.");

    private static ScoreLikeness Likeness(double[] first, double[] second)
    {
        double[] distance = [.. first.Zip(second, (x, y) => Math.Abs(x - y))];
        double correlation = MathNet.Numerics.Statistics.Correlation.Pearson(first, second);
        return new ScoreLikeness(double.IsFinite(correlation) ? correlation : null, distance.Average(), distance.Max());
    }
}
