using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift.Joint;
using Governance.Audit.Explanations;
using Governance.Audit.Training;

namespace Governance.Audit.Drift;

/// <summary>Compares all columns of two data sets together.</summary>
public static class CompareJoint
{
    /// <summary>Rows of a sample that mmd takes at most; more are drawn by the seed.</summary>
    public const int MostKernelRows = 1_000;

    /// <summary>Rows of a sample that the classifiers take at most; more are drawn by the seed.</summary>
    public const int MostTrainingRows = 5_000;

    /// <summary>Compares.</summary>
    /// <param name="reference">Reference rows.</param>
    /// <param name="current">Current rows.</param>
    /// <param name="columns">Which columns, of which kinds.</param>
    /// <param name="options">mmd or classifier, with α and seed.</param>
    /// <param name="threads">At least 1; does not change the result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A report of one entry.</returns>
    /// <exception cref="InputException">A sample has too few rows.</exception>
    public static DriftReport Run(
        Table reference, Table current, IReadOnlyList<(string Name, DriftKind Kind)> columns, DriftOptions options, int threads,
        CancellationToken cancellationToken)
    {
        bool kernel = options.Asked == DriftTest.Mmd;
        int least = kernel ? 2 : 2 * DomainClassifier.Folds;
        if (reference.Rows < least || current.Rows < least)
        {
            throw new InputException($"The test {options.Test} needs at least {least} rows of each sample.");
        }

        int most = kernel ? MostKernelRows : MostTrainingRows;
        int[] first = Draw(reference.Rows, most, options.Seed, 1);
        int[] second = Draw(current.Rows, most, options.Seed, 2);
        bool? scale = !kernel || (options.Sigma is not null && columns.All(column => column.Kind != DriftKind.Categorical)) ? !kernel : null;
        JointRows rows = JointRows.Of(reference.Take(first), current.Take(second), columns, scale);
        first = [.. Enumerable.Range(0, first.Length)];
        second = [.. Enumerable.Range(0, second.Length)];
        ColumnDrift head = new()
        {
            Name = columns.Count == 1 ? columns[0].Name : $"{columns.Count} columns",
            Kind = "joint",
            Test = options.Test,
            Threshold = options.Alpha,
            ReferenceCount = first.Length,
            CurrentCount = second.Length,
            MissingReference = 0,
            MissingCurrent = 0,
        };
        ColumnDrift found = kernel
            ? Discrepancy(head, rows, first, second, options, cancellationToken)
            : Classified(head, rows, first, second, options, threads, cancellationToken);
        found = found with
        {
            AdjustedPValue = found.PValue,
            Drifted = found.PValue < options.Alpha,
            ValuesDrifted = found.PValue < options.Alpha,
            Note = Note(found.Note, reference.Rows > most || current.Rows > most, rows.Scaled),
        };
        return new DriftReport([found], new DatasetDrift(found.Drifted == true, null, "the test of all columns together"));
    }

    private static ColumnDrift Discrepancy(
        ColumnDrift head, JointRows rows, int[] first, int[] second, DriftOptions options, CancellationToken cancellationToken)
    {
        double[] before = rows.Take(first: true, first);
        double sigma = options.Sigma ?? Mmd.MedianSigma(before, rows.Names.Count);
        (double squared, double p) = Mmd.Run(
            before, rows.Take(first: false, second), rows.Names.Count, sigma, Mmd.DefaultPermutations, options.Seed, cancellationToken);
        return head with
        {
            Statistic = squared,
            PValue = p,
            Note = string.Create(CultureInfo.InvariantCulture, $"MMD² with σ = {sigma:0.######}, p by {Mmd.DefaultPermutations} permutations"),
        };
    }

    // Both classifiers look, so that the better p value counts twice.
    private static ColumnDrift Classified(
        ColumnDrift head, JointRows rows, int[] first, int[] second, DriftOptions options, int threads, CancellationToken cancellationToken)
    {
        float[] values = [.. rows.Take(first: true, first).Concat(rows.Take(first: false, second)).Select(value => (float)value)];
        TrainingRows training = new(rows.Names, values);
        int[] fold = [.. Deal(first.Length, options.Seed, 3), .. Deal(second.Length, options.Seed, 4)];
        IReadOnlyList<DomainScore> scores = DomainClassifier.Run(training, first.Length, fold, 1 - options.Alpha, options.Seed, threads, cancellationToken);
        DomainScore best = scores.MinBy(score => score.PValue)!;
        return head with
        {
            Statistic = best.Area,
            Interval = best.Interval?.ToArray(),
            PValue = Math.Min(1, scores.Count * best.PValue),
            Note = string.Join("; ", scores.Select(score => string.Create(
                CultureInfo.InvariantCulture,
                $"{score.Model}: area under the curve {score.Area:0.0000}{(score.Interval is { } ends ? $" [{ends.Low:0.0000}, {ends.High:0.0000}]" : "")}, p {(score.PValue < 0.0001 ? "< 0.0001" : score.PValue.ToString("0.####", CultureInfo.InvariantCulture))}"))),
        };
    }

    private static string? Note(string? note, bool drawn, bool scaled)
    {
        string[] notes = [.. new[] { note, drawn ? "rows were drawn by the seed" : null, scaled ? "numbers are scaled by the reference's standard deviation" : null }.OfType<string>()];
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }

    private static int[] Draw(int rows, int most, int seed, int stream)
    {
        int[] order = Shuffled(rows, seed, stream);
        return rows <= most ? [.. Enumerable.Range(0, rows)] : [.. order[..most].Order()];
    }

    private static int[] Deal(int rows, int seed, int stream)
    {
        int[] order = Shuffled(rows, seed, stream);
        int[] fold = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            fold[order[i]] = i % DomainClassifier.Folds;
        }

        return fold;
    }

    private static int[] Shuffled(int rows, int seed, int stream)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        SeededRandom random = new(seed, stream);
        for (int i = rows - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
