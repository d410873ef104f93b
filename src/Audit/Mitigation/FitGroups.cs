using Governance.Audit.Data;

namespace Governance.Audit.Mitigation;

/// <summary>The groups that thresholds are found for, with their rows.</summary>
internal sealed class FitGroups
{
    private readonly MitigationOptions options;
    private readonly double threshold;
    private readonly bool favourableIsPositive;
    private readonly bool[] deprived;
    private readonly Lazy<IReadOnlyList<GroupCurve>> curves;
    private readonly Lazy<UpperHull[]> hulls;
    private readonly Lazy<IReadOnlyList<ScoreTail>> tails;

    private FitGroups(
        IReadOnlyList<GroupRows> rows, IReadOnlyList<LeftOutGroup> leftOut, bool[] deprived, bool favourableIsPositive, double threshold,
        MitigationOptions options)
    {
        Rows = rows;
        LeftOut = leftOut;
        this.deprived = deprived;
        this.favourableIsPositive = favourableIsPositive;
        this.threshold = threshold;
        this.options = options;
        curves = new(() => [.. rows.Select(own => GroupCurve.Of(own.Name, own.Scores, own.Labels, own.Weights, options.Inverted))]);
        hulls = new(() => RandomisedThresholds.Hulls(curves.Value, options.Search));
        tails = new(() => [.. rows.Select(ScoreTail.Of)]);
    }

    /// <summary>The groups with a rule.</summary>
    public IReadOnlyList<GroupRows> Rows { get; }

    /// <summary>The others.</summary>
    public IReadOnlyList<LeftOutGroup> LeftOut { get; }

    /// <summary>Takes the groups that can be judged.</summary>
    /// <exception cref="InputException">Fewer than two can, or the favoured groups do not occur.</exception>
    public static FitGroups Of(ScoredGroups fit, MitigationOptions options, double threshold, Action<AuditWarning> warn)
    {
        List<GroupRows> kept = [];
        List<LeftOutGroup> leftOut = [];
        foreach (GroupRows own in fit.Labelled())
        {
            string? reason = own.Scores.Length < options.MinGroup ? $"fewer than {options.MinGroup} labelled rows to fit on"
                : !own.HasBothClasses ? "labels of one class only"
                : null;
            if (reason is null)
            {
                kept.Add(own);
            }
            else
            {
                leftOut.Add(new LeftOutGroup(own.Name, own.Scores.Length, reason));
            }
        }

        foreach (LeftOutGroup group in leftOut)
        {
            warn(new AuditWarning("group-left-out", $"The group '{group.Group}' keeps the common threshold: {group.Reason}.", Column: fit.Groups.Name));
        }

        return kept.Count >= 2
            ? new FitGroups(kept, leftOut, Deprived(kept, fit, options), fit.Decisions.FavourableIsPositive, threshold, options)
            : throw new InputException(
                $"'{fit.Groups.Name}' has {kept.Count} group{(kept.Count == 1 ? "" : "s")} with at least {options.MinGroup} labelled rows of both classes to fit on; two are needed.")
            {
                Column = fit.Groups.Name,
            };
    }

    /// <summary>Finds thresholds.</summary>
    public (ThresholdFit Found, UncertainBand? Band) Fit(ThresholdSearch search) => options.Method == MitigationMethod.RejectBand
        ? RejectBand.Fit(tails.Value, threshold, favourableIsPositive, deprived, search)
        : (options.Randomised ? RandomisedThresholds.Fit(curves.Value, hulls.Value, search) : DeterministicThresholds.Fit(curves.Value, search), null);

    /// <summary>Trades the objective against fairness: from no constraint at all to the strictest.</summary>
    public IReadOnlyList<FrontierPoint> Frontier(ScoredGroups judged, CancellationToken cancellationToken)
    {
        if (options.FrontierPoints == 0)
        {
            return [];
        }

        ThresholdSearch coarse = options.Search with { Grid = Math.Min(options.Grid, 200) };
        double free = Confusion.Disparity(Fit(coarse with { Tolerance = 1 }).Found.Expected, options.Constraint);
        IReadOnlyList<GroupRows> rows = [.. judged.Labelled().Where(own => Rows.Any(fitted => fitted.Name == own.Name))];
        List<FrontierPoint> points = [];
        for (int i = options.FrontierPoints - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double tolerance = free * i / (options.FrontierPoints - 1);
            ThresholdFit found = Fit(coarse with { Tolerance = tolerance }).Found;
            Confusion[] held = [.. rows.Select(own => own.Decided(found.Rules.First(rule => rule.Group == own.Name)))];
            Confusion together = held.Aggregate(default(Confusion), Confusion.Add);
            points.Add(new FrontierPoint(
                tolerance, Known(Confusion.Disparity(found.Expected, options.Constraint)), Objective(found.Expected.Aggregate(Confusion.Add)),
                Known(Confusion.Disparity(held, options.Constraint)), Objective(together), Known(together.Accuracy)));
        }

        return points;

        double? Objective(Confusion counts) => Known(counts.Objective(options.Objective, options.Costs));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    // Who fares worse: named by the person, or else whose favourable rate is below that of all rows together.
    private static bool[] Deprived(List<GroupRows> kept, ScoredGroups fit, MitigationOptions options)
    {
        if (options.Favoured is { } favoured)
        {
            string? stranger = favoured.FirstOrDefault(name => kept.All(own => own.Name != name));
            return stranger is null
                ? [.. kept.Select(own => !favoured.Contains(own.Name))]
                : throw new InputException($"The favoured group '{stranger}' is none of {string.Join(", ", kept.Select(own => $"'{own.Name}'"))}.");
        }

        double overall = Favourable(fit, null);
        return [.. kept.Select(own => Favourable(fit, own.Name) < overall)];
    }

    private static double Favourable(ScoredGroups fit, string? group)
    {
        int code = group is null ? -1 : fit.Groups.IndexOf(group);
        double all = 0;
        double chosen = 0;
        for (int row = 0; row < fit.Decisions.Rows; row++)
        {
            if (code >= 0 ? fit.Groups.Codes[row] == code : fit.Groups.Codes[row] >= 0)
            {
                double weight = fit.Decisions.Weight.IsEmpty ? 1 : fit.Decisions.Weight[row];
                all += weight;
                chosen += (fit.Decisions.Prediction[row] == 1) == fit.Decisions.FavourableIsPositive ? weight : 0;
            }
        }

        return chosen / all;
    }
}
