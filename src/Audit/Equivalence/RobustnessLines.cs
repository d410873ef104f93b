using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;
using Governance.Audit.Statistics;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>Whether the variant stands disturbed inputs as well as its parent: both are given the very same disturbed cells.</summary>
/// <remarks>
/// The tests of <see cref="MeasureRobustness"/>. Of each row and test the mean over the strengths of what the variant got right
/// less what the parent got right (of numbers: the rise of the absolute error, as a share of the parent's mean), so that what
/// is hard for both cancels out. Strengths that one of the two refuses are left out.
/// </remarks>
internal static class RobustnessLines
{
    /// <summary>One line a test that fits both.</summary>
    /// <param name="a">The parent, with rows that have a label.</param>
    /// <param name="b">The variant, with the same rows.</param>
    /// <param name="pack">Limit and level.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IEnumerable<EquivalenceLine> Of(RobustnessRequest a, RobustnessRequest b, PolicyPack pack, CancellationToken cancellationToken)
    {
        Perturbation[] theirs = [.. RobustnessTests.Of(RobustnessSubject.Of(b))];
        List<EquivalenceLine> lines = [];
        foreach (Perturbation form in RobustnessTests.Of(RobustnessSubject.Of(a)))
        {
            if (Array.Find(theirs, other => other.Test == form.Test && other.Title == form.Title) is Perturbation other
                && Measured(a, b, form, other, pack.Level, cancellationToken) is EquivalenceLine line)
            {
                lines.Add(JudgeLine.Of(line, EquivalenceLimits.RobustnessLoss, a.Rule.IsRegression ? LimitSide.Rise : LimitSide.Loss, pack));
            }
        }

        return lines.Count > 0 ? lines : JudgeLine.Open(
            EquivalenceTopics.Robustness, Name(a), EquivalenceLimits.RobustnessLoss, "no disturbance fits both models.", pack);
    }

    private static string Name(RobustnessRequest request) => request.Rule.IsRegression ? "disturbed_error_rise" : "disturbed_accuracy";

    private static EquivalenceLine? Measured(
        RobustnessRequest a, RobustnessRequest b, Perturbation ours, Perturbation theirs, double level, CancellationToken cancellationToken)
    {
        if (ours.Make is null || theirs.Make is null)
        {
            return null;
        }

        double[] first = new double[a.Table.Rows];
        double[] second = new double[a.Table.Rows];
        int done = 0;
        foreach (double strength in ours.Strengths.Intersect(theirs.Strengths))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Answer(a, ours.Make, strength, cancellationToken) is double[] one && Answer(b, theirs.Make, strength, cancellationToken) is double[] two)
            {
                done++;
                for (int row = 0; row < first.Length; row++)
                {
                    first[row] += one[row];
                    second[row] += two[row];
                }
            }
        }

        return done == 0 ? null : Line(a, ours, [.. first.Select(sum => sum / done)], [.. second.Select(sum => sum / done)], level);
    }

    private static EquivalenceLine Line(RobustnessRequest request, Perturbation form, double[] a, double[] b, double level)
    {
        if (request.Rule.IsRegression)
        {
            return ErrorRise.Of(a, b, level) with { Name = Name(request), Topic = EquivalenceTopics.Robustness, Where = form.Title };
        }

        double[] moved = [.. b.Zip(a, (x, y) => x - y)];
        return new EquivalenceLine
        {
            Name = Name(request), Topic = EquivalenceTopics.Robustness, Where = form.Title, A = a.Average(), B = b.Average(),
            Difference = moved.Average(), N = moved.Length,
            Interval = Array.TrueForAll(moved, each => each == 0) ? PairedScore.Compute(0, 0, moved.Length, level).ToArray() : ErrorRise.Mean(moved, level),
        };
    }

    // 1 where it is right, or how far off it is; null where the model or its encoding refuses such rows.
    private static double[]? Answer(RobustnessRequest request, MakeInputs make, double strength, CancellationToken cancellationToken)
    {
        try
        {
            InputBatch batch = make(strength, 0);
            Decisions said = request.Rule.Decide(request.Predictor.Predict(batch, cancellationToken), request.Table, batch);
            if (said.Values is double[] values)
            {
                double[] errors = [.. Performance.NumberCells.Read(request.Table, request.Label!).Zip(values, (truth, value) => Math.Abs(truth - value))];
                return errors.All(double.IsFinite) ? errors : null;
            }

            Levels truths = Levels.Of(request.Table.Need(request.Label!));
            return [.. said.Predicted!.Select((each, row) => each == truths.Names[truths.Codes[row]] ? 1.0 : 0)];
        }
        catch (InputException)
        {
            return null;
        }
    }
}
