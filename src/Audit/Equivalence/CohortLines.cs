using Governance.Audit.Data;
using Governance.Audit.Slices;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>
/// The cohort in which the variant lost most against its parent: searched on one half of the rows, measured on the other. Pure.
/// </summary>
/// <remarks>
/// The loss of a row is 1 where only the parent is right, −1 where only the variant is, else 0 (of numbers: the rise of the
/// absolute error), moved up so that it is not negative. Slices are found as weak cohorts are (<see cref="FindSlices"/>); only
/// those count that the held-out half confirms to lose more than the rest.
/// </remarks>
internal static class CohortLines
{
    private const int LeastRows = 60; // over both halves: 30 decide, as for groups

    public static IEnumerable<EquivalenceLine> Of(PairedRows rows, PolicyPack pack, int seed, int threads, CancellationToken cancellationToken)
    {
        double[] losses = Losses(rows);
        double least = losses.Min();
        EquivalenceLine line = new()
        {
            Name = rows.IsRegression ? "cohort_error_rise" : "cohort_accuracy", Topic = EquivalenceTopics.Cohorts, N = losses.Length,
        };
        if (losses.All(loss => loss == least))
        {
            yield return Judge(line with { Difference = 0, Interval = [0, 0], Reason = "No row is treated otherwise, so no cohort can have lost." }, pack);
            yield break;
        }

        if (losses.Length < 4 * LeastRows)
        {
            yield return Judge(line with { Reason = $"a search that is confirmed on other rows needs at least {4 * LeastRows} rows." }, pack);
            yield break;
        }

        (SlicesReport? found, string? fault) = Search(rows, losses, least, pack, seed, threads, cancellationToken);
        if (found is null)
        {
            yield return Judge(line with { Reason = fault }, pack);
            yield break;
        }

        WeakSlice[] confirmed = [.. found.Slices.Where(slice => slice.Confirmed).OrderByDescending(slice => slice.HeldOut.Value)];
        if (confirmed.Length == 0)
        {
            yield return Judge(
                line with
                {
                    Difference = 0, Interval = [0, 0],
                    Reason = $"{found.Slices.Count} cohorts were suspected on half of the rows; the other half confirmed none that loses more than the rest.",
                },
                pack);
            yield break;
        }

        double scale = rows.IsRegression ? rows.Errors().A.Average() : 1;
        foreach (WeakSlice slice in confirmed)
        {
            double lost = (slice.HeldOut.Value + least) / scale;
            double sign = rows.IsRegression ? 1 : -1; // accuracy falls, errors rise
            double[]? ends = slice.HeldOut.Interval is { } held ? [.. held.Select(end => sign * (end + least) / scale).Order()] : null;
            yield return Judge(line with { Where = slice.Where, Difference = sign * lost, Interval = ends, N = slice.HeldOut.Rows, AdjustedPValue = slice.AdjustedPValue }, pack);
        }
    }

    // Data without a column that parts the rows has no cohorts to look at: that is said, and ends no battery.
    private static (SlicesReport? Found, string? Fault) Search(
        PairedRows rows, double[] losses, double least, PolicyPack pack, int seed, int threads, CancellationToken cancellationToken)
    {
        try
        {
            return (FindSlices.Run(
                rows.Table,
                new SliceRows
                {
                    Metric = SliceMetric.SquaredError, // a mean of losses, with Student's interval
                    Losses = [.. losses.Select(loss => loss - least)],
                    Strata = rows.IsRegression ? SliceStrata.Quarters(losses) : [.. losses.Select(loss => (int)loss + 1)],
                    StratifiedBy = "what the variant lost",
                    Used = [.. rows.Used.Distinct(StringComparer.Ordinal)],
                },
                new SliceOptions
                {
                    MinRows = LeastRows, Depth = 2, Level = pack.Level, Alpha = pack.CorrectionOf("exploration")?.Alpha ?? 0.05, Seed = seed, Threads = threads,
                },
                null, cancellationToken), null);
        }
        catch (InputException refusal)
        {
            return (null, refusal.Message);
        }
    }

    private static EquivalenceLine Judge(EquivalenceLine line, PolicyPack pack) =>
        JudgeLine.Of(line, EquivalenceLimits.CohortLoss, line.Name == "cohort_error_rise" ? LimitSide.Rise : LimitSide.Loss, pack);

    private static double[] Losses(PairedRows rows)
    {
        if (rows.IsRegression)
        {
            (double[] before, double[] after) = rows.Errors();
            return [.. before.Zip(after, (x, y) => y - x)];
        }

        (string[] truth, string[] a, string[] b) = rows.Decisions();
        return [.. truth.Select((own, row) => (a[row] == own ? 1.0 : 0) - (b[row] == own ? 1.0 : 0))];
    }
}
