namespace Governance.Audit.Explanations;

/// <summary>How much one player moved the output, over the rows explained.</summary>
/// <param name="Feature">The player's name.</param>
/// <param name="MeanAbsolute">Mean |value| in the units of the link.</param>
/// <param name="Interval">[low, high] of the bootstrap over rows.</param>
/// <param name="Rank">1 is the largest.</param>
public sealed record FeatureImportance(string Feature, double MeanAbsolute, IReadOnlyList<double> Interval, int Rank);
