using Governance.Audit.Slices;

namespace Governance.Audit.Robustness;

/// <summary>How a model's answers hold when its inputs are disturbed: the body of <c>governance robustness</c>.</summary>
public sealed record RobustnessReport
{
    /// <summary>classes or value.</summary>
    public required string Task { get; init; }

    /// <summary>The class that scores refer to; null where each row's own predicted class is followed.</summary>
    public string? Positive { get; init; }

    /// <summary>The column with what was true, or null.</summary>
    public string? Label { get; init; }

    /// <summary>The rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether rows have weights of their own.</summary>
    public required bool Weighted { get; init; }

    /// <summary>The metrics of the rows as they are.</summary>
    public required IReadOnlyList<RobustMetric> Baseline { get; init; }

    /// <summary>One curve a kind of change; those that do not fit the model say why.</summary>
    public required IReadOnlyList<RobustnessCurve> Curves { get; init; }

    /// <summary>The columns, the most fragile first; empty where they were not compared.</summary>
    public required IReadOnlyList<FragileColumn> Fragile { get; init; }

    /// <summary>The noise with which columns were compared.</summary>
    public required double FragileStrength { get; init; }

    /// <summary>What was taken as image or tokens, and what was not done.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How often each random change was drawn.</summary>
    public required int Repeats { get; init; }

    /// <summary>Resamples of the bootstrap over rows.</summary>
    public required int Resamples { get; init; }

    /// <summary>The level of intervals.</summary>
    public required double Level { get; init; }

    /// <summary>The seed of changes and resamples.</summary>
    public required int Seed { get; init; }

    /// <summary>Rows sent to the model.</summary>
    public required long ModelRows { get; init; }
}

/// <summary>Answers under one kind of change, from weak to strong.</summary>
public sealed record RobustnessCurve
{
    /// <summary>The test's name, as on the command line.</summary>
    public required string Test { get; init; }

    /// <summary>The kind of change in words.</summary>
    public required string Title { get; init; }

    /// <summary>What the strength counts.</summary>
    public required string Unit { get; init; }

    /// <summary>The columns or inputs that were changed.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>Columns that this change leaves alone, with the reason.</summary>
    public required IReadOnlyList<SkippedColumn> Skipped { get; init; }

    /// <summary>Why there are no points; null where there are.</summary>
    public string? Refusal { get; init; }

    /// <summary>The answers at each strength, weak first.</summary>
    public required IReadOnlyList<RobustnessPoint> Points { get; init; }
}

/// <summary>Answers at one strength of a change, as means over its repeats.</summary>
public sealed record RobustnessPoint
{
    /// <summary>The strength.</summary>
    public required double Strength { get; init; }

    /// <summary>The share of rows whose class changed; an answer that is no number counts as changed. NaN for models of values.</summary>
    public required double FlipRate { get; init; }

    /// <summary>[low, high] over rows, or null where undefined.</summary>
    public required IReadOnlyList<double>? FlipInterval { get; init; }

    /// <summary>The mean distance by which the score or value moved; NaN for models without scores.</summary>
    public required double ScoreShift { get; init; }

    /// <summary>[low, high] over rows, or null where undefined.</summary>
    public required IReadOnlyList<double>? ScoreShiftInterval { get; init; }

    /// <summary>The mean of the move with its sign.</summary>
    public required double MeanShift { get; init; }

    /// <summary>The share of rows for which the model gave no number.</summary>
    public required double NoAnswer { get; init; }

    /// <summary>The metrics of the changed rows.</summary>
    public required IReadOnlyList<RobustMetric> Metrics { get; init; }

    /// <summary>Why the model could not be asked; null where it could.</summary>
    public string? Refusal { get; init; }
}

/// <summary>A metric of the rows, and how far it is from that of the rows as they are.</summary>
/// <param name="Metric">accuracy, roc_auc or rmse.</param>
/// <param name="Value">NaN where undefined.</param>
/// <param name="Interval">[low, high] over rows, or null where undefined.</param>
/// <param name="Difference">Changed − as they are; 0 for the rows as they are.</param>
/// <param name="DifferenceInterval">[low, high] over rows of the difference, or null where undefined.</param>
public sealed record RobustMetric(
    string Metric, double Value, IReadOnlyList<double>? Interval, double Difference, IReadOnlyList<double>? DifferenceInterval);

/// <summary>How much answers hang on one column being right.</summary>
/// <param name="Column">The column.</param>
/// <param name="Rank">1 is the most fragile: by flips, then by shift; of models of values by shift.</param>
/// <param name="Noise">With noise in this column alone.</param>
/// <param name="Missing">With this column empty in every row; null where the encoding refuses empty cells.</param>
public sealed record FragileColumn(string Column, int Rank, RobustnessPoint Noise, RobustnessPoint? Missing);
