using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>The scored and labelled rows of one group, one array each.</summary>
/// <param name="Name">The group.</param>
/// <param name="Scores">Shape [rows], finite.</param>
/// <param name="Labels">Shape [rows]: 1 positive, 0 negative.</param>
/// <param name="Weights">Shape [rows], at least 0; empty for 1 each.</param>
public sealed record GroupRows(string Name, double[] Scores, sbyte[] Labels, double[] Weights)
{
    /// <summary>Whether the group has positive and negative rows with a weight, so that rates of both kinds exist.</summary>
    public bool HasBothClasses
    {
        get
        {
            Confusion all = Decided(new GroupRule(Name, 0, 0, [new ThresholdRule(1, ThresholdOperator.Never, null)]));
            return all is { Positives: > 0, Negatives: > 0 };
        }
    }

    /// <summary>What a rule makes of the rows; expected values where chance decides.</summary>
    public Confusion Decided(GroupRule rule)
    {
        double truePositives = 0;
        double falsePositives = 0;
        double positives = 0;
        double negatives = 0;
        for (int row = 0; row < Scores.Length; row++)
        {
            double weight = Weights.Length == 0 ? 1 : Weights[row];
            double positive = weight * rule.Probability(Scores[row]);
            if (Labels[row] == 1)
            {
                positives += weight;
                truePositives += positive;
            }
            else
            {
                negatives += weight;
                falsePositives += positive;
            }
        }

        return new Confusion(truePositives, falsePositives, positives, negatives);
    }
}
