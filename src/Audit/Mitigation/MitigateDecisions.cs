using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Registry.Ledger;

namespace Governance.Audit.Mitigation;

/// <summary>Finds thresholds for each group and says on held-out rows what they change and what they cost. Pure and deterministic.</summary>
public static class MitigateDecisions
{
    /// <summary>Fits on some rows and judges on others.</summary>
    /// <param name="rows">All rows; where <paramref name="heldOut"/> is null a seeded share of each group is kept for judging.</param>
    /// <param name="heldOut">Other rows of the same kind to judge on; null for none.</param>
    /// <param name="threshold">From which score on (inclusive) the positive class is predicted now.</param>
    /// <param name="options">What shall be done; the method is threshold or reject band.</param>
    /// <param name="warn">Receives what a reader of the result must know.</param>
    /// <param name="cancellationToken">Stops between the points of the frontier.</param>
    /// <exception cref="InputException">There are too few groups or rows, or an option is out of range.</exception>
    public static MitigationReport Run(
        ScoredGroups rows, ScoredGroups? heldOut, double threshold, MitigationOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        CheckMitigation.Options(options);
        (ScoredGroups fit, ScoredGroups judged, HeldOutRows source) = HoldOut(rows, heldOut, options);
        FitGroups groups = FitGroups.Of(fit, options, threshold, warn);
        cancellationToken.ThrowIfCancellationRequested();
        (ThresholdFit found, UncertainBand? band) = groups.Fit(options.Search);
        GroupThresholds step = Step(rows, found, threshold, options);
        CheckMitigation.Found(found, options, warn);
        JudgeMitigation judge = new(judged, [.. found.Rules.Select(rule => rule.Group)], options, warn, cancellationToken);
        (MitigatedSide before, MitigatedSide after, IReadOnlyList<GroupChange> changes) = judge.Compare(judged.Decisions, judged.Decide(step));
        return new MitigationReport
        {
            Method = options.Method,
            Constraint = options.Constraint,
            Objective = options.Objective,
            Tolerance = options.UsualTolerance,
            Randomised = step.Groups.Any(group => group.IsRandomised),
            Attribute = rows.Groups.Name,
            Positive = rows.Decisions.Positive,
            Favourable = rows.Decisions.Favourable,
            Threshold = threshold,
            Thresholds = found.Rules,
            Band = band,
            LeftOut = groups.LeftOut,
            Fitted = [.. groups.Rows.Zip(found.Expected, (own, counts) => new FittedGroup(
                own.Name, own.Scores.Length, counts.SelectionRate, counts.Tpr, counts.Fpr, counts.Accuracy))],
            Before = before,
            After = after,
            Changes = changes,
            HeldOut = source,
            Frontier = groups.Frontier(judged, cancellationToken),
            Step = step,
        };
    }

    /// <summary>The rows to fit on and those to judge on.</summary>
    /// <exception cref="InputException">One of them has no rows.</exception>
    internal static (ScoredGroups Fit, ScoredGroups Judged, HeldOutRows Source) HoldOut(
        ScoredGroups rows, ScoredGroups? heldOut, MitigationOptions options)
    {
        if (heldOut is not null)
        {
            return (rows, heldOut, new HeldOutRows("file", null, null, rows.Decisions.Rows, heldOut.Decisions.Rows));
        }

        (int[] fit, int[] held) = rows.Split(options.HoldoutShare, options.Seed);
        return fit.Length > 0 && held.Length > 0
            ? (rows.Take(fit), rows.Take(held), new HeldOutRows("split", options.HoldoutShare, options.Seed, fit.Length, held.Length))
            : throw new InputException("There are too few rows to keep a part of them for judging: give other data with --holdout.");
    }

    // The key hangs on the rules and the seed alone, so that the same mitigation again is the same version.
    private static GroupThresholds Step(ScoredGroups rows, ThresholdFit found, double threshold, MitigationOptions options)
    {
        GroupThresholds step = new()
        {
            Method = options.Method == MitigationMethod.RejectBand ? "reject-band" : "threshold",
            Constraint = MitigationWords.Of(options.Constraint),
            Columns = rows.Columns,
            Positive = rows.Decisions.Positive,
            Otherwise = threshold,
            Key = "",
            Groups = found.Rules,
        };
        JsonObject json = GroupThresholdsJson.Write(step);
        json["seed"] = options.Seed;
        return step with { Key = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(json)))[..32] };
    }
}
