using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Audit.Mitigation;

/// <summary>Measures decisions of the same rows before and after, and what changed for whom.</summary>
/// <param name="rows">The held-out rows.</param>
/// <param name="compared">The groups whose disparity is told; small ones would decide it alone.</param>
/// <param name="options">Level, objective and constraint.</param>
/// <param name="warn">Receives what a reader of the measures must know.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class JudgeMitigation(
    ScoredGroups rows, IReadOnlyCollection<string> compared, MitigationOptions options, Action<AuditWarning> warn, CancellationToken cancellationToken)
{
    private readonly int[][] byGroup = rows.RowsByGroup();

    /// <summary>Measures both and the changes from one to the other.</summary>
    public (MitigatedSide Before, MitigatedSide After, IReadOnlyList<GroupChange> Changes) Compare(BinaryDecisions before, BinaryDecisions after) =>
        (Measure(before, warn), Measure(after, _ => { }), [.. Changes(before, after)]);

    private MitigatedSide Measure(BinaryDecisions decisions, Action<AuditWarning> tell)
    {
        FairnessReport report = MeasureFairness.Run(
            decisions, [rows.Groups],
            new FairnessOptions { Protected = [rows.Groups.Name], Level = options.Level, MinGroup = options.MinGroup },
            tell, cancellationToken);
        AttributeFairness attribute = report.Attributes[0];
        IEnumerable<Confusion> groups = Enumerable.Range(0, byGroup.Length).Where(group => compared.Contains(rows.Groups.Names[group]))
            .Select(group => Counts(decisions, byGroup[group]));
        return new MitigatedSide
        {
            Objective = Known(Counts(decisions, Enumerable.Range(0, decisions.Rows)).Objective(options.Objective, options.Costs)),
            Disparity = Known(Confusion.Disparity(groups, options.Constraint)),
            Overall = report.Overall,
            Groups = attribute.Groups,
            Summary = attribute.Summary,
            SummaryIntervals = attribute.SummaryIntervals,
        };
    }

    private static Confusion Counts(BinaryDecisions decisions, IEnumerable<int> own)
    {
        Confusion counts = default;
        foreach (int row in own)
        {
            if (decisions.Label[row] >= 0)
            {
                double weight = decisions.Weight.IsEmpty ? 1 : decisions.Weight[row];
                double positive = decisions.Prediction[row] * weight;
                counts += decisions.Label[row] == 1 ? new Confusion(positive, 0, weight, 0) : new Confusion(0, positive, 0, weight);
            }
        }

        return counts;
    }

    private IEnumerable<GroupChange> Changes(BinaryDecisions before, BinaryDecisions after)
    {
        int[] all = [.. Enumerable.Range(0, before.Rows)];
        foreach ((string name, int[] own) in rows.Groups.Names.Zip(byGroup).Append(("", all)))
        {
            yield return Change(name, "selection_rate", own, (decisions, row) => decisions.Prediction[row] == 1 == decisions.FavourableIsPositive, before, after);
            yield return Change(name, "tpr", [.. own.Where(row => before.Label[row] == 1)], IsPositive, before, after);
            yield return Change(name, "fpr", [.. own.Where(row => before.Label[row] == 0)], IsPositive, before, after);
            yield return Change(
                name, "accuracy", [.. own.Where(row => before.Label[row] >= 0)], (decisions, row) => decisions.Prediction[row] == decisions.Label[row], before, after);
        }
    }

    private GroupChange Change(
        string group, string metric, int[] own, Func<BinaryDecisions, int, bool> counts, BinaryDecisions before, BinaryDecisions after)
    {
        bool[] first = Array.ConvertAll(own, row => counts(before, row));
        bool[] second = Array.ConvertAll(own, row => counts(after, row));
        double[] weights = before.Weight.IsEmpty ? [] : Array.ConvertAll(own, row => before.Weight[row]);
        return GroupChange.Of(group, metric, first, second, weights, options.Level);
    }

    private static bool IsPositive(BinaryDecisions decisions, int row) => decisions.Prediction[row] == 1;

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
