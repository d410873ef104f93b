using Governance.Audit.Data;
using Governance.Audit.Mitigation;
using Governance.Audit.Performance;

namespace Governance.Audit.Tests.Mitigation;

/// <summary>Seeded rows of groups that a score treats unlike.</summary>
internal static class Samples
{
    /// <summary>Rows of groups with their own shift of the score and share of positives.</summary>
    /// <param name="seed">Draws them.</param>
    /// <param name="groups">Name, rows, shift of the score, share of positives.</param>
    public static (double[] Scores, sbyte[] Labels, string[] Groups) Draw(int seed, params (string Name, int Rows, double Shift, double Positives)[] groups)
    {
        Random random = new(seed);
        List<(double, sbyte, string)> rows = [];
        foreach ((string name, int count, double shift, double positives) in groups)
        {
            for (int row = 0; row < count; row++)
            {
                sbyte label = (sbyte)(random.NextDouble() < positives ? 1 : 0);
                double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                rows.Add((Math.Clamp(0.4 + shift + (0.2 * label) + (0.4 * noise), 0, 1), label, name));
            }
        }

        return ([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)], [.. rows.Select(row => row.Item3)]);
    }

    /// <summary>The same as a table with its decisions at 0.5.</summary>
    public static ScoredGroups Scored(int seed, params (string Name, int Rows, double Shift, double Positives)[] groups) =>
        Scored(Draw(seed, groups), seed);

    /// <summary>Drawn rows as a table with its decisions at 0.5.</summary>
    public static ScoredGroups Scored((double[] Scores, sbyte[] Labels, string[] Groups) rows, int seed)
    {
        Random random = new(seed + 1);
        double[] draws = [.. rows.Scores.Select(_ => random.NextDouble())];
        Table table = new(
        [
            new NumberColumn("score", rows.Scores), TextColumn.Of("y", [.. rows.Labels.Select(label => label == 1 ? "yes" : "no")]),
            TextColumn.Of("group", rows.Groups), new NumberColumn("x", [.. rows.Scores.Select(score => score * 2)]),
        ]);
        DecisionTable read = ReadDecisions.From(table, new DecisionColumns { Label = "y", Score = "score", Threshold = 0.5 }, _ => { });
        return new ScoredGroups(read.Table, read.Decisions, ["group"], (_, row) => draws[row]);
    }

    /// <summary>The curves of drawn rows.</summary>
    public static IReadOnlyList<GroupCurve> Curves(ScoredGroups rows) =>
        [.. rows.Labelled().Select(own => GroupCurve.Of(own.Name, own.Scores, own.Labels, own.Weights, inverted: false))];
}
