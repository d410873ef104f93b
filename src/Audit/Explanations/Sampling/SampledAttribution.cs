namespace Governance.Audit.Explanations.Sampling;

/// <summary>Shapley values from sampled coalitions.</summary>
/// <param name="Values">Shape [outputs, players]; adds up to full - empty for each output.</param>
/// <param name="StandardErrors">
/// Shape [outputs, players]; all 0 where every coalition was evaluated, null where no honest error is known.
/// </param>
/// <param name="Quantile">Half the width of a 95 % interval in standard errors.</param>
public sealed record SampledAttribution(double[] Values, double[]? StandardErrors, double Quantile)
{
    /// <summary>From so many drawn pairs on, errors of games with few large interactions are known well (docs/sampled-explanations.md).</summary>
    public const int EnoughPairs = 128;

    /// <summary>Pairs of coalitions that were drawn by chance and the errors rest on; null for methods that draw no pairs.</summary>
    public int? DrawnPairs { get; init; }

    /// <summary>Whether the errors rest on few drawn pairs: they may then be far too small where few coalitions differ from the rest.</summary>
    public bool RestsOnFew => DrawnPairs is > 0 and < EnoughPairs;

    /// <summary>Whether every coalition was evaluated, so that nothing is uncertain.</summary>
    public bool Exact => StandardErrors is not null && !StandardErrors.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>The widest 95 % interval; infinity where none is known.</summary>
    public double Width => StandardErrors is null ? double.PositiveInfinity : 2 * Quantile * StandardErrors.Max();
}
