namespace Governance.Audit.Explanations.Sampling;

/// <summary>Shapley values from sampled coalitions.</summary>
/// <param name="Values">Shape [outputs, players]; adds up to full - empty for each output.</param>
/// <param name="StandardErrors">
/// Shape [outputs, players]; all 0 where every coalition was evaluated, null where no honest error is known.
/// </param>
/// <param name="Quantile">Half the width of a 95 % interval in standard errors.</param>
public sealed record SampledAttribution(double[] Values, double[]? StandardErrors, double Quantile)
{
    /// <summary>Whether every coalition was evaluated, so that nothing is uncertain.</summary>
    public bool Exact => StandardErrors is not null && !StandardErrors.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>The widest 95 % interval; infinity where none is known.</summary>
    public double Width => StandardErrors is null ? double.PositiveInfinity : 2 * Quantile * StandardErrors.Max();
}
