namespace Governance.Audit.Answers.Policy;

/// <summary>What a model says of one row, before anything is held back.</summary>
/// <param name="Label">The decision by its readable name; null for regression.</param>
/// <param name="Classes">The classes of <paramref name="Probabilities"/>, in their order; null where there are none.</param>
/// <param name="Probabilities">Shape [classes], in [0, 1]; null for regression and for models that give labels alone.</param>
/// <param name="Value">The predicted value; null for classification.</param>
public sealed record RowPrediction(
    string? Label, IReadOnlyList<string>? Classes, IReadOnlyList<double>? Probabilities, double? Value);

/// <summary>What is released of a row's prediction.</summary>
/// <param name="Label">The decision, always the model's own; null for regression.</param>
/// <param name="Probabilities">By class, as far as released; null where none is.</param>
/// <param name="Value">The value or its rounding; null for classification and where only a band is released.</param>
/// <param name="Band">The band of the value, low and high, where only that is released; else null.</param>
public sealed record ReleasedPrediction(
    string? Label, IReadOnlyDictionary<string, double>? Probabilities, double? Value, ValueBand? Band);

/// <summary>A band of values, low inclusive, high exclusive.</summary>
/// <param name="Low">In the model's unit; null without an end.</param>
/// <param name="High">In the model's unit; null without an end.</param>
public readonly record struct ValueBand(double? Low, double? High);

/// <summary>The values that a regression gives on its reference rows: what its roundings are measured by.</summary>
/// <param name="Low">The 5th percentile, in the model's unit.</param>
/// <param name="High">The 95th percentile, in the model's unit; not below <paramref name="Low"/>.</param>
public readonly record struct ValueSpread(double Low, double High);
