namespace Governance.Audit.Drift;

/// <summary>How drift is measured.</summary>
/// <param name="Columns">The columns; null for all that both data sets have.</param>
/// <param name="Test">auto, ks, chi2 or psi.</param>
/// <param name="Correction">How p values are adjusted over the columns: holm, bh or none.</param>
/// <param name="Alpha">A column has drifted where its adjusted p value is below.</param>
public sealed record DriftMeasures(IReadOnlyList<string>? Columns, string Test, string Correction, double Alpha);
