namespace Governance.Audit.Explanations.Sampling;

/// <summary>How much may be sampled for a row.</summary>
/// <param name="Samples">The most coalitions evaluated, the empty and the full one included.</param>
/// <param name="UntilWidth">Stop as soon as the widest 95 % interval is under this, in the output's unit; null to use all samples.</param>
public sealed record SampleBudget(int Samples, double? UntilWidth)
{
    /// <summary>Each stage of a growing sample has so many times the coalitions of the one before.</summary>
    private const double Growth = 1.5;

    /// <summary>How many coalitions each stage may evaluate in all, increasing, up to <see cref="Samples"/>.</summary>
    /// <param name="first">The first stage's, where there is room for it.</param>
    internal IEnumerable<int> Stages(int first)
    {
        for (double stage = first; UntilWidth is not null && stage < Samples; stage *= Growth)
        {
            yield return (int)stage;
        }

        yield return Samples;
    }
}

/// <summary>What came of sampling a row.</summary>
/// <param name="Attribution">The values.</param>
/// <param name="Evaluations">Coalitions evaluated, the empty and the full one included.</param>
/// <param name="Converged">Whether the width asked for was reached; true where none was.</param>
public sealed record SampledRow(SampledAttribution Attribution, int Evaluations, bool Converged);
