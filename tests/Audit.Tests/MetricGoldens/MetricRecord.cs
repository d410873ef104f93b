using System.Text.Json;

namespace Governance.Audit.Tests.MetricGoldens;

/// <summary>A record of goldens/metrics/expected: what a library said, or a formula of its README.</summary>
/// <param name="File">The file's name, such as <c>fairness_fairlearn.json</c>.</param>
/// <param name="Id">The record's name within the file.</param>
/// <param name="Dataset">The input that it was measured on.</param>
/// <param name="Library">Who measured.</param>
/// <param name="Function">What was called.</param>
/// <param name="Params">The arguments.</param>
/// <param name="Value">The answer; undefined where it raised. NaN and infinities are strings.</param>
/// <param name="Raises">The error's words, or null where there was an answer.</param>
public sealed record MetricRecord(
    string File, string Id, string Dataset, string Library, string Function, JsonElement Params, JsonElement Value, string? Raises)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Id}";
}
