using System.Text.Json.Serialization;

namespace Governance.Audit.Encodings;

/// <summary>How a score is held against a threshold.</summary>
public enum ThresholdOperator
{
    /// <summary>The score is above the threshold.</summary>
    [JsonStringEnumMemberName(">")]
    Above,

    /// <summary>The score is at the threshold or above it.</summary>
    [JsonStringEnumMemberName(">=")]
    AtLeast,

    /// <summary>The score is below the threshold.</summary>
    [JsonStringEnumMemberName("<")]
    Below,

    /// <summary>Whatever the score.</summary>
    [JsonStringEnumMemberName("always")]
    Always,

    /// <summary>For no score.</summary>
    [JsonStringEnumMemberName("never")]
    Never,
}

/// <summary>One rule of a group: from which scores on the positive class is predicted.</summary>
/// <param name="P">The chance that this rule decides, in [0, 1]; the chances of a group's rules add up to 1.</param>
/// <param name="Op">How the score is held against the threshold.</param>
/// <param name="Threshold">Finite; null where <paramref name="Op"/> is always or never.</param>
public readonly record struct ThresholdRule(double P, ThresholdOperator Op, double? Threshold)
{
    /// <summary>Whether the rule predicts the positive class; a missing score (NaN) is never above or below anything.</summary>
    public bool Holds(double score) => Op switch
    {
        ThresholdOperator.Above => score > Threshold!.Value,
        ThresholdOperator.AtLeast => score >= Threshold!.Value,
        ThresholdOperator.Below => score < Threshold!.Value,
        _ => Op == ThresholdOperator.Always,
    };
}

/// <summary>How the rows of one group are decided.</summary>
/// <remarks>
/// P(positive | score) = pIgnore · constant + (1 − pIgnore) · Σ p · [rule holds]: the form in which Hardt, Price and
/// Srebro, "Equality of opportunity in supervised learning", NeurIPS 2016, write a derived predictor.
/// </remarks>
/// <param name="Group">The group: the level, or several joined by '|'.</param>
/// <param name="PIgnore">The chance that the score is not looked at, in [0, 1].</param>
/// <param name="Constant">The chance of the positive class then, in [0, 1].</param>
/// <param name="Rules">At least one.</param>
public sealed record GroupRule(string Group, double PIgnore, double Constant, IReadOnlyList<ThresholdRule> Rules)
{
    /// <summary>The chance that a row with this score is predicted positive, in [0, 1]; 0 for a missing score (NaN).</summary>
    public double Probability(double score)
    {
        if (double.IsNaN(score))
        {
            return 0;
        }

        double held = 0;
        foreach (ThresholdRule rule in Rules)
        {
            held += rule.Holds(score) ? rule.P : 0;
        }

        return Math.Clamp((PIgnore * Constant) + ((1 - PIgnore) * held), 0, 1);
    }

    /// <summary>Whether any score has a chance strictly between 0 and 1.</summary>
    [JsonIgnore]
    public bool IsRandomised => (PIgnore > 0 && Constant is > 0 and < 1) || (PIgnore is > 0 and < 1)
        || (PIgnore < 1 && Rules.Count(rule => rule.P > 0) > 1);
}
