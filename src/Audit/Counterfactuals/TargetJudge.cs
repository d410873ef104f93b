using Governance.Audit.Encodings;

namespace Governance.Audit.Counterfactuals;

/// <summary>Whether an answer of the model is the one looked for, and how far it is from it.</summary>
/// <remarks>
/// Reached is what <see cref="DecisionRule"/> decides, nothing else. The margin guides the search: the log-odds of the
/// target class above those of its threshold (or above the best other class), the difference where outputs are no
/// probabilities, the distance from the limit for values; ±1 where a model gives labels alone.
/// </remarks>
public sealed class TargetJudge
{
    private const double Clamp = 1e-9;

    private readonly DecisionRule rule;
    private readonly CounterfactualTarget target;
    private readonly bool probabilities;

    /// <summary>Makes a judge.</summary>
    /// <param name="rule">How outputs become decisions.</param>
    /// <param name="target">What is looked for.</param>
    /// <param name="sample">Decisions about some rows: shows whether scores are probabilities.</param>
    public TargetJudge(DecisionRule rule, CounterfactualTarget target, Decisions sample)
    {
        this.rule = rule;
        this.target = target;
        probabilities = (sample.Probabilities ?? sample.Scores ?? []).All(value => value is >= 0 and <= 1);
    }

    /// <summary>Judges decisions.</summary>
    /// <returns>One a row.</returns>
    public Judged[] Judge(Decisions decisions)
    {
        int rows = decisions.Values?.Length ?? decisions.Predicted!.Length;
        Judged[] judged = new Judged[rows];
        for (int row = 0; row < rows; row++)
        {
            judged[row] = decisions.Values is { } values ? OfValue(values[row]) : OfClass(decisions, row);
        }

        return judged;
    }

    private Judged OfValue(double value)
    {
        double margin = target.AtLeast is double low ? value - low : target.AtMost!.Value - value;
        return new Judged(margin >= 0, double.IsNaN(margin) ? double.NegativeInfinity : margin, null, value);
    }

    private Judged OfClass(Decisions decisions, int row)
    {
        bool reached = decisions.Predicted![row] == target.Class;
        double score = decisions.Scores?[row] ?? double.NaN;
        if (decisions.Probabilities is not { } all)
        {
            return new Judged(reached, reached ? 1 : -1, decisions.Predicted[row], score);
        }

        int count = all.Length / decisions.Predicted.Length;
        IReadOnlyList<string> classes = rule.Classes ?? [.. Enumerable.Range(0, count).Select(i => i.ToString())];
        int place = classes.ToList().IndexOf(target.Class!);
        double own = all[(row * count) + place];
        double margin;
        if (count == 2 && decisions.Scores is not null)
        {
            double threshold = rule.Threshold ?? 0.5;
            threshold = target.Class == (rule.Positive ?? classes[1]) ? threshold : 1 - threshold;
            margin = probabilities ? LogOdds(own) - LogOdds(threshold) : own - threshold;
        }
        else
        {
            double best = double.NegativeInfinity;
            for (int i = 0; i < count; i++)
            {
                best = i == place ? best : Math.Max(best, all[(row * count) + i]);
            }

            margin = probabilities ? Math.Log(Math.Max(own, Clamp)) - Math.Log(Math.Max(best, Clamp)) : own - best;
        }

        return new Judged(reached, double.IsNaN(margin) ? double.NegativeInfinity : margin, decisions.Predicted[row], double.IsNaN(score) ? own : score);
    }

    private static double LogOdds(double p)
    {
        double kept = Math.Clamp(p, Clamp, 1 - Clamp);
        return Math.Log(kept / (1 - kept));
    }
}

/// <summary>How an answer stands to the target.</summary>
/// <param name="Reached">Whether it is the answer looked for.</param>
/// <param name="Margin">At or above 0 where it is (but for ties), larger the further beyond; guides the search alone.</param>
/// <param name="Predicted">The class; null for values.</param>
/// <param name="Score">The positive class's probability, the target's where none is singled out, or the value; NaN where the model gives labels alone.</param>
public readonly record struct Judged(bool Reached, double Margin, string? Predicted, double Score);
