using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Audit.Training;

namespace Governance.Audit.Mitigation;

/// <summary>Reweighs rows, and says on held-out rows what a model trained with the weights does otherwise.</summary>
/// <remarks>
/// Weights change no decision by themselves. Without features, before and after are therefore the decisions as they are; with
/// features a logistic model is trained twice on the fitted rows, without and with their weights, and both are judged on the
/// held-out rows at the same threshold. The weights that are told are those of all rows.
/// </remarks>
public static class MitigateData
{
    private const double Penalty = 1; // scikit-learn's default, so that separable data have an optimum

    /// <summary>Weighs and judges.</summary>
    /// <param name="rows">All rows; where <paramref name="heldOut"/> is null and there are features, a seeded share is kept for judging.</param>
    /// <param name="heldOut">Other rows of the same kind to judge on; null for none.</param>
    /// <param name="threshold">From which score on (inclusive) the positive class is predicted.</param>
    /// <param name="options">What shall be done; the method is reweighing.</param>
    /// <param name="warn">Receives what a reader of the result must know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There are too few rows, a feature cannot serve, or an option is out of range.</exception>
    public static MitigationReport Run(
        ScoredGroups rows, ScoredGroups? heldOut, double threshold, MitigationOptions options, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        CheckMitigation.Options(options);
        LabelWeight[] weights = Weights(rows);
        if (Array.Find(weights, cell => double.IsNaN(cell.Factor)) is LabelWeight empty)
        {
            warn(new AuditWarning("empty-cell", $"The group '{empty.Group}' has no row with the label '{empty.Label}', so weights cannot make its rates those of the others."));
        }

        ScoredGroups judged;
        HeldOutRows source;
        BinaryDecisions first;
        BinaryDecisions second;
        if (options.Features.Count == 0)
        {
            (judged, first, second) = (heldOut ?? rows, (heldOut ?? rows).Decisions, (heldOut ?? rows).Decisions);
            source = new HeldOutRows(heldOut is null ? "none" : "file", null, null, rows.Decisions.Rows, judged.Decisions.Rows);
            warn(new AuditWarning(
                "nothing-retrained", "Weights change no decision until a model is trained with them: name the columns of one with --features to see what they would do."));
        }
        else
        {
            (ScoredGroups fit, judged, source) = MitigateDecisions.HoldOut(rows, heldOut, options);
            first = Retrained(fit, judged, Own(fit), threshold, options);
            second = Retrained(fit, judged, Applied(fit), threshold, options);
        }

        JudgeMitigation judge = new(judged, Large(judged, options), options, warn, cancellationToken);
        (MitigatedSide before, MitigatedSide now, IReadOnlyList<GroupChange> changes) = judge.Compare(first, second);
        return new MitigationReport
        {
            Method = options.Method,
            Randomised = false,
            Attribute = rows.Groups.Name,
            Positive = rows.Decisions.Positive,
            Favourable = rows.Decisions.Favourable,
            Threshold = threshold,
            Weights = weights,
            Before = before,
            After = now,
            Changes = changes,
            HeldOut = source,
        };
    }

    /// <summary>The weight of each row after reweighing, by the factors of all of them.</summary>
    public static double[] Applied(ScoredGroups rows)
    {
        double[] factors = Factors(rows);
        return ReweighRows.Apply(rows.Decisions.Label, rows.Groups.Codes, rows.Decisions.Weight, factors);
    }

    private static double[] Factors(ScoredGroups rows)
    {
        double[] factors = new double[2 * rows.Groups.Names.Count];
        ReweighRows.Factors(rows.Decisions.Label, rows.Groups.Codes, rows.Decisions.Weight, factors);
        return factors;
    }

    private static LabelWeight[] Weights(ScoredGroups rows)
    {
        double[] factors = Factors(rows);
        return [.. rows.Groups.Names.SelectMany((group, code) => (LabelWeight[])
        [
            new LabelWeight(group, rows.Decisions.Positive, factors[(2 * code) + 1]), new LabelWeight(group, rows.Decisions.Negative, factors[2 * code]),
        ])];
    }

    private static double[] Own(ScoredGroups fit) =>
        fit.Decisions.Weight.IsEmpty ? [.. Enumerable.Repeat(1.0, fit.Decisions.Rows)] : fit.Decisions.Weight.ToArray();

    private static string[] Large(ScoredGroups judged, MitigationOptions options) =>
        [.. judged.Labelled().Where(own => own.Scores.Length >= options.MinGroup).Select(own => own.Name)];

    private static BinaryDecisions Retrained(
        ScoredGroups fit, ScoredGroups judged, double[] weights, double threshold, MitigationOptions options)
    {
        int[] labelled = [.. Enumerable.Range(0, fit.Decisions.Rows).Where(row => fit.Decisions.Label[row] >= 0)];
        Table table = fit.Table.Take(labelled);
        FeatureColumns features = FeatureColumns.Of(table, options.Features);
        LogisticModel model = FitLogistic.Run(
            features.Rows(table, [.. labelled.Select(row => weights[row])]), [.. labelled.Select(row => (double)fit.Decisions.Label[row])], Penalty);
        TrainingRows rows = features.Rows(judged.Table, [.. Enumerable.Repeat(1.0, judged.Decisions.Rows)]);
        int width = features.Names.Count;
        double[] scores = new double[judged.Decisions.Rows];
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = model.Probability(rows.Values.AsSpan(row * width, width));
        }

        return judged.With([.. scores.Select(score => (sbyte)(score >= threshold ? 1 : 0))], scores);
    }
}
