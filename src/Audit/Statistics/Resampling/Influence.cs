namespace Governance.Audit.Statistics.Resampling;

/// <summary>How much single rows move a figure: the material of BCa's acceleration.</summary>
/// <remarks>
/// Sums over leave-one-out figures dᵢ = mean − figure without row i: Σ dᵢ² and Σ dᵢ³. Figures of disjoint rows have
/// influences that share no row, so that the sums of their difference are those of the parts (<see cref="Minus"/>).
/// </remarks>
/// <param name="Squares">Σ dᵢ², at least 0.</param>
/// <param name="Cubes">Σ dᵢ³.</param>
public readonly record struct Influence(double Squares, double Cubes)
{
    /// <summary>The acceleration a = Σ d³ / (6 (Σ d²)^1.5) (Efron 1987, JASA 82, 171–185); 0 without any influence.</summary>
    public double Acceleration => Squares > 0 ? Cubes / (6 * Math.Pow(Squares, 1.5)) : 0;

    /// <summary>From leave-out figures.</summary>
    /// <param name="without">Shape [parts]: the figure without each part; NaN ones are left out.</param>
    /// <param name="multiples">Shape [parts]: how many equal parts each stands for; empty for 1 each.</param>
    public static Influence Of(ReadOnlySpan<double> without, ReadOnlySpan<int> multiples)
    {
        double mean = 0;
        double count = 0;
        for (int part = 0; part < without.Length; part++)
        {
            double times = multiples.IsEmpty ? 1 : multiples[part];
            if (times > 0 && !double.IsNaN(without[part]))
            {
                count += times;
                mean += (without[part] - mean) * times / count;
            }
        }

        double squares = 0;
        double cubes = 0;
        for (int part = 0; part < without.Length; part++)
        {
            double times = multiples.IsEmpty ? 1 : multiples[part];
            if (times > 0 && !double.IsNaN(without[part]))
            {
                double d = mean - without[part];
                squares += times * d * d;
                cubes += times * d * d * d;
            }
        }

        return new Influence(squares, cubes);
    }

    /// <summary>Of this figure less another one that rests on other rows.</summary>
    public Influence Minus(Influence other) => new(Squares + other.Squares, Cubes - other.Cubes);

    /// <summary>Of this figure multiplied by a factor.</summary>
    public Influence Times(double factor) => new(Squares * factor * factor, Cubes * factor * factor * factor);
}
