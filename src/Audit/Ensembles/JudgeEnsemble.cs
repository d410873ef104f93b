using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Ensembles;

/// <summary>Holds an ensemble beside each of its members on labelled rows.</summary>
internal static class JudgeEnsemble
{
    /// <summary>Judges.</summary>
    /// <remarks>A stacked ensemble has learned from these rows, so each of them is said by a model of the other folds.</remarks>
    public static EnsembleJudgement Run(EnsembleModel model, EnsembleRows rows, CancellationToken cancellationToken)
    {
        using OnnxPredictor merged = OnnxPredictor.Load(model.File, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        bool stacked = rows.Options.Combination == Combination.Stacking;
        ComparisonOptions options = new() { Performance = rows.Data.Performance with { Threshold = null } };
        ComparedSide ensemble = ComparedSide.Of(new ComparedModel("ensemble", merged, model.Encoding), rows.Table, options, rows.Agreed.Positive);
        Decisions said = stacked
            ? Decided(rows.OutOfFold(cancellationToken), rows.Agreed, model.Threshold)
            : ensemble.Decide(rows.Table, cancellationToken);
        List<ComparisonReport> against = [];
        for (int i = 0; i < rows.Sides.Count; i++)
        {
            against.Add(Compare(rows, i, ensemble, said, i == 0 ? rows.Warn : _ => { }, cancellationToken));
        }

        return new EnsembleJudgement(
            rows.Count, stacked ? "out of fold" : "as it is", stacked ? rows.Data.Folds : null, stacked ? rows.Data.Performance.Seed : null,
            against, Disagreement(rows, said));
    }

    private static ComparisonReport Compare(
        EnsembleRows rows, int member, ComparedSide ensemble, Decisions said, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        ComparedSide side = rows.Sides[member];
        List<Column> columns = [.. rows.Table.Columns];
        InputBatch batch = side.Encoder.Encode(rows.Table);
        PredictionColumns theirs = side.Add(columns, side.Rule.Decide(rows.Said[member], rows.Table, batch), "member", rows.Agreed.Classes);
        PredictionColumns ours = ensemble.Add(columns, said, "ensemble");
        bool scored = theirs.Scores.Count == ours.Scores.Count;
        return ComparePredictions.Run(
            new Table(columns), scored ? theirs : theirs with { Scores = [] }, scored ? ours : ours with { Scores = [] },
            new ComparisonOptions { A = side.Model.Name, B = "ensemble", Performance = ensemble.Measured(rows.Data.Performance) },
            warn, cancellationToken);
    }

    private static Decisions Decided(double[] probabilities, AgreedMembers agreed, double? threshold)
    {
        IReadOnlyList<string> classes = agreed.Classes!;
        double[][] rows = [.. probabilities.Chunk(classes.Count)];
        int positive = agreed.PositivePlace;
        string[] predicted = [.. rows.Select(row => threshold is double cut
            ? classes[row[positive] >= cut ? positive : 1 - positive]
            : classes[Array.IndexOf(row, row.Max())])];
        return new Decisions(classes.Count == 2 ? [.. rows.Select(row => row[positive])] : null, predicted, null, probabilities);
    }

    private static DisagreementReport Disagreement(EnsembleRows rows, Decisions said)
    {
        double[][] combined = rows.Combined();
        double[] shares = rows.Options.Shares(combined.Length);
        double[] mean = MemberRows.Mean(combined, shares);
        double[] spread = MemberRows.Mean([.. combined.Select(member => member.Zip(mean, (value, centre) => (value - centre) * (value - centre)).ToArray())], shares);
        double level = rows.Data.Performance.Level;
        if (rows.Agreed.Classes is not IReadOnlyList<string> classes)
        {
            double[] errors = [.. said.Values!.Zip(rows.Truth.ToArray(), (value, truth) => Math.Abs(value - truth))];
            return MeasureDisagreement.OfNumbers([.. spread.Select(Math.Sqrt)], errors, rows.Data.DisagreementBins, level);
        }

        // Of several classes the class on which the members are furthest apart speaks for the row.
        double[] largest = [.. spread.Chunk(classes.Count).Select(row => Math.Sqrt(row.Max()))];
        double[] places = rows.Truth.ToArray();
        bool[] wrong = [.. said.Predicted!.Select((label, row) => label != classes[(int)places[row]])];
        return MeasureDisagreement.OfDecisions(largest, wrong, rows.Data.DisagreementBins, level);
    }
}
