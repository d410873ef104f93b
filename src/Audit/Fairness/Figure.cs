using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>What kind of estimate a figure is, which decides its interval.</summary>
internal enum FigureKind
{
    /// <summary>A share of rows: Wilson's interval.</summary>
    Share,

    /// <summary>A mean of rows: Student's interval.</summary>
    Mean,

    /// <summary>Anything with a standard error: the normal interval, cut at its limits.</summary>
    Plain,

    /// <summary>A ratio above 0, whose standard error is that of its logarithm.</summary>
    Ratio,

    /// <summary>A figure with an interval of its own.</summary>
    Own,
}

/// <summary>One figure of one group, with what its uncertainty is computed from.</summary>
/// <param name="Kind">Which interval it has.</param>
/// <param name="Value">NaN where undefined.</param>
/// <param name="Rows">The effective rows behind it: of a share those of its denominator.</param>
/// <param name="StandardError">Of the value (of a ratio: of its logarithm); NaN where not known.</param>
internal readonly record struct Figure(FigureKind Kind, double Value, double Rows, double StandardError)
{
    /// <summary>Rows of the denominator, never weighted; of a share alone.</summary>
    public int Count { get; init; }

    /// <summary>The least that the value can be.</summary>
    public double Lowest { get; init; } = double.NegativeInfinity;

    /// <summary>The most that the value can be.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>The interval by confidence level, of <see cref="FigureKind.Own"/> alone.</summary>
    public Func<double, Interval?>? ByLevel { get; init; }

    /// <summary>A figure that the group does not have.</summary>
    public static Figure Undefined { get; } = new(FigureKind.Plain, double.NaN, 0, double.NaN);

    /// <summary>Whether the group has it.</summary>
    public bool IsDefined => !double.IsNaN(Value);

    /// <summary>A share of rows.</summary>
    public static Figure Of(Rate rate) => new(FigureKind.Share, rate.Value, rate.EffectiveRows, ShareError(rate)) { Count = rate.Rows };

    /// <summary>A mean of rows.</summary>
    public static Figure Of(MeanEstimate mean) => new(FigureKind.Mean, mean.Value, mean.EffectiveRows, mean.StandardError);

    /// <summary>An area under the ROC curve.</summary>
    public static Figure Of(AucEstimate area) =>
        new(FigureKind.Plain, area.Area, 0, area.Variance > 1e-18 ? Math.Sqrt(area.Variance) : double.NaN) { Lowest = 0, Highest = 1 };

    /// <summary>A figure without a known error.</summary>
    public static Figure Of(double value) => new(FigureKind.Plain, value, 0, double.NaN);

    /// <summary>The interval at a confidence level; null where none is known.</summary>
    public Interval? Interval(double level) => At(NormalQuantile.TwoSided(level));

    /// <summary>The interval at a critical value of the normal distribution.</summary>
    /// <param name="z">Above 0; 1.96 is a level of 95 %.</param>
    public Interval? At(double z)
    {
        double reach = z * StandardError;
        return Kind switch
        {
            _ when !IsDefined => null,
            FigureKind.Share => WilsonInterval.ComputeAt(Value, Rows, z),
            FigureKind.Own => ByLevel!(1 - NormalQuantile.TwoSidedP(z)),
            _ when !(StandardError > 0) => null,
            FigureKind.Mean => StudentReach(z) is double student && double.IsFinite(student) ? Around(student) : null,
            FigureKind.Ratio => new Interval(Value * Math.Exp(-reach), Value * Math.Exp(reach)),
            _ => Around(reach),
        };
    }

    private Interval Around(double reach) => new(Math.Max(Lowest, Value - reach), Math.Min(Highest, Value + reach));

    private double StudentReach(double z) =>
        StandardError * StudentQuantile.At(Rows - 1, 1 - (NormalQuantile.TwoSidedP(z) / 2));

    private static double ShareError(Rate rate) =>
        rate.IsDefined ? Math.Sqrt(rate.Value * (1 - rate.Value) / rate.EffectiveRows) : double.NaN;
}
