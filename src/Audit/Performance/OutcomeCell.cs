namespace Governance.Audit.Performance;

/// <summary>How many rows fell into one cell of a table of outcomes, and what they weigh.</summary>
/// <param name="Rows">The number of rows, never weighted.</param>
/// <param name="Weight">The sum of their weights.</param>
/// <param name="SquaredWeight">The sum of their squared weights, for <see cref="EffectiveRows"/>.</param>
public readonly record struct OutcomeCell(int Rows, double Weight, double SquaredWeight)
{
    /// <summary>
    /// Kish's effective number of rows (Σw)² / Σw²: equal to <see cref="Rows"/> where all weights are alike; 0 without weight.
    /// </summary>
    public double EffectiveRows => SquaredWeight > 0 ? Weight * Weight / SquaredWeight : 0;

    /// <summary>Two cells taken together.</summary>
    public static OutcomeCell operator +(OutcomeCell left, OutcomeCell right) =>
        new(left.Rows + right.Rows, left.Weight + right.Weight, left.SquaredWeight + right.SquaredWeight);

    /// <summary>Two cells taken together.</summary>
    public static OutcomeCell Add(OutcomeCell left, OutcomeCell right) => left + right;

    /// <summary>This cell with one more row.</summary>
    /// <param name="weight">Its weight, at least 0.</param>
    public OutcomeCell With(double weight) => new(Rows + 1, Weight + weight, SquaredWeight + (weight * weight));
}
