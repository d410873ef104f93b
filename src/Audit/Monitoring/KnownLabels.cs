namespace Governance.Audit.Monitoring;

/// <summary>Which labels say something about a model: those that are one of its classes.</summary>
/// <remarks>A label in other words than the decisions (1 for yes) would count as the other class without a sound.</remarks>
public static class KnownLabels
{
    /// <summary>Whether a label can be compared with decisions.</summary>
    /// <param name="label">As people read it.</param>
    /// <param name="classes">The model's classes; null for regression and where nobody names them, when every label counts.</param>
    public static bool Counts(string label, IReadOnlyList<string>? classes) => classes is null || classes.Contains(label);

    /// <summary>The labels with null in place of those that are no class.</summary>
    /// <param name="labels">Shape [rows], null where unknown.</param>
    /// <param name="classes">As for <see cref="Counts"/>.</param>
    /// <returns>Shape [rows].</returns>
    public static string?[] Of(IEnumerable<string?> labels, IReadOnlyList<string>? classes) =>
        [.. labels.Select(label => label is not null && Counts(label, classes) ? label : null)];
}
