using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Equivalence;
using Governance.Audit.Inference;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;
using Governance.Audit.Training.Students;

namespace Governance.Audit.Variants.Distillation;

/// <summary>What a model and its student say of held-out rows.</summary>
/// <param name="Table">The rows as people read them.</param>
/// <param name="Batch">The same as the model reads them.</param>
/// <param name="Label">The column with what was true; null where none is known.</param>
internal sealed record HeldOutRows(Table Table, InputBatch Batch, string? Label);

/// <summary>Measures a student beside its teacher on rows that it did not learn from.</summary>
internal static class MeasureStudent
{
    private const int Resamples = 400;

    /// <summary>Measures.</summary>
    /// <param name="teacher">The teacher's decisions.</param>
    /// <param name="student">The student's, of the same rows.</param>
    /// <param name="answers">Shape [rows][classes] or [rows][1]: the teacher's scores.</param>
    /// <param name="said">The same of the student.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="report">What is known already, the level of intervals included; completed.</param>
    /// <param name="seed">Of bootstraps.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static StudentReport Run(
        Decisions teacher, Decisions student, double[][] answers, double[][] said, HeldOutRows rows, StudentReport report, int seed, CancellationToken cancellationToken)
    {
        double level = report.Level;
        (double? r2, Interval? spread) = ScoreAgreement.R2(said, answers, level, seed, cancellationToken);
        report = report with { R2 = r2, R2Interval = spread?.ToArray(), Truth = Truth(teacher, student, rows, level, seed, cancellationToken) };
        if (teacher.Predicted is not string[] wanted || student.Predicted is not string[] given)
        {
            return report;
        }

        double share = wanted.Zip(given, (a, b) => a == b ? 1.0 : 0).Average();
        return report with
        {
            Fidelity = share,
            FidelityInterval = WilsonInterval.Compute(share, wanted.Length, level).ToArray(),
            BaseRate = wanted.GroupBy(label => label, StringComparer.Ordinal).Max(group => group.Count()) / (double)wanted.Length,
        };
    }

    private static StudentTruth? Truth(Decisions teacher, Decisions student, HeldOutRows rows, double level, int seed, CancellationToken cancellationToken)
    {
        if (rows.Label is null || rows.Table.Find(rows.Label) is not Column label)
        {
            return null;
        }

        int[] known = [.. Enumerable.Range(0, rows.Table.Rows).Where(row => !label.IsMissing(row) && (teacher.Values is null || double.IsFinite(label.Number(row))))];
        return known.Length == 0 ? null
            : teacher.Values is double[] ours && student.Values is double[] theirs ? Errors(label, known, ours, theirs, level, seed, cancellationToken)
            : Hits(label, known, teacher.Predicted!, student.Predicted!, level);
    }

    private static StudentTruth Hits(Column label, int[] known, string[] teacher, string[] student, double level)
    {
        bool[] ours = [.. known.Select(row => teacher[row] == label.Text(row))];
        bool[] theirs = [.. known.Select(row => student[row] == label.Text(row))];
        PairedCounts counts = PairedCounts.Of(ours, theirs, [.. known.Select(_ => true)]);
        return new StudentTruth("accuracy", known.Length, counts.A!.Value, counts.B!.Value, counts.Difference!.Value, counts.Interval(level));
    }

    private static StudentTruth Errors(Column label, int[] known, double[] teacher, double[] student, double level, int seed, CancellationToken cancellationToken)
    {
        double[] ours = [.. known.Select(row => Math.Pow(teacher[row] - label.Number(row), 2))];
        double[] theirs = [.. known.Select(row => Math.Pow(student[row] - label.Number(row), 2))];
        BootstrapResult drawn = Bootstrap.OfRows(
            known.Length, 1, (counts, figures) => figures[0] = Root(theirs, counts) - Root(ours, counts),
            new BootstrapOptions { Resamples = Resamples, Level = level, Seed = seed, Method = BootstrapMethod.Percentile }, cancellationToken);
        int[] once = [.. known.Select(_ => 1)];
        return new StudentTruth("root_mean_squared_error", known.Length, Root(ours, once), Root(theirs, once), drawn.Estimates[0], drawn.Interval(0)?.ToArray());
    }

    private static double Root(double[] squares, ReadOnlySpan<int> counts)
    {
        double sum = 0;
        long rows = 0;
        for (int row = 0; row < squares.Length; row++)
        {
            sum += counts[row] * squares[row];
            rows += counts[row];
        }

        return Math.Sqrt(sum / rows);
    }
}
