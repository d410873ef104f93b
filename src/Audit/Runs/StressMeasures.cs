using System.Text.Json.Serialization;
using Governance.Audit.Slices;

namespace Governance.Audit.Runs;

/// <summary>How an audit disturbs the model's inputs.</summary>
/// <param name="Tests">The tests by name; null for all that fit the model.</param>
/// <param name="Immutable">Columns that are never changed; null for none.</param>
/// <param name="Rows">Rows at most, drawn by the audit's seed; 50 to 100,000.</param>
/// <param name="Repeats">How often each random change is drawn, 1 to 1,000.</param>
public sealed record RobustnessMeasures(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tests = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Immutable = null,
    int Rows = 2_000,
    int Repeats = 3);

/// <summary>How an audit searches for parts of the data in which predictions are worse.</summary>
/// <param name="Metric">What is worse; null for the error rate, of a regression the squared error.</param>
/// <param name="Columns">The columns that conditions may name; null for all that nothing is measured with.</param>
/// <param name="Depth">Conditions of a slice at most, 1 to 3.</param>
/// <param name="MinRows">Rows of a slice at least, over both halves.</param>
public sealed record SliceMeasures(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SliceMetric? Metric = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Columns = null,
    int Depth = 3,
    int MinRows = 100);

/// <summary>How an audit compares parts of the evaluation data with each other.</summary>
/// <param name="By">The column whose values are the parts, such as a year, a fold or the seed of a training; null deals rows at random.</param>
/// <param name="Parts">Parts that rows are dealt to at random, each with the same shares of outcomes; 2 to 50.</param>
public sealed record StabilityMeasures(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By = null,
    int Parts = 5);
