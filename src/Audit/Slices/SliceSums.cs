namespace Governance.Audit.Slices;

/// <summary>Rows added up: how many, their weight, and their losses.</summary>
internal struct SliceSums
{
    /// <summary>Rows, unweighted.</summary>
    public int Rows;

    /// <summary>Σ weight.</summary>
    public double Weight;

    /// <summary>Σ weight².</summary>
    public double SquaredWeight;

    /// <summary>Σ weight · loss.</summary>
    public double Losses;

    /// <summary>Σ weight · loss².</summary>
    public double Squares;

    /// <summary>The weighted mean loss; NaN without weight.</summary>
    public readonly double Mean => Losses / Weight;

    /// <summary>Kish's effective number of rows; 0 without weight.</summary>
    public readonly double Effective => SquaredWeight > 0 ? Weight * Weight / SquaredWeight : 0;

    /// <summary>The weighted mean squared distance from the mean (divisor Σ weight); NaN without weight.</summary>
    public readonly double Variance => Math.Max(0, (Squares / Weight) - (Mean * Mean));

    /// <summary>Adds one row.</summary>
    public void Add(double loss, double weight)
    {
        Rows++;
        Weight += weight;
        SquaredWeight += weight * weight;
        Losses += weight * loss;
        Squares += weight * loss * loss;
    }

    /// <summary>Adds rows.</summary>
    public static SliceSums operator +(SliceSums a, SliceSums b) => new()
    {
        Rows = a.Rows + b.Rows,
        Weight = a.Weight + b.Weight,
        SquaredWeight = a.SquaredWeight + b.SquaredWeight,
        Losses = a.Losses + b.Losses,
        Squares = a.Squares + b.Squares,
    };

    /// <summary>Takes rows away that are among them.</summary>
    public static SliceSums operator -(SliceSums a, SliceSums b) => new()
    {
        Rows = a.Rows - b.Rows,
        Weight = a.Weight - b.Weight,
        SquaredWeight = a.SquaredWeight - b.SquaredWeight,
        Losses = a.Losses - b.Losses,
        Squares = a.Squares - b.Squares,
    };

    /// <summary>How many standard errors the first rows lie above the second, by the variance of both together.</summary>
    /// <remarks>Of rates the pooled z test: a slice in which every row is wrong does not become infinitely sure.</remarks>
    /// <returns>0 where either has no weight, or all losses are alike.</returns>
    public static double Distance(SliceSums a, SliceSums b)
    {
        double variance = (a + b).Variance * ((1 / a.Effective) + (1 / b.Effective));
        return variance > 1e-300 && double.IsFinite(variance) ? (a.Mean - b.Mean) / Math.Sqrt(variance) : 0;
    }
}
