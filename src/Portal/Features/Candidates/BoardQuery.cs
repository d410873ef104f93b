using System.Globalization;
using Governance.Audit.Candidates;

namespace Governance.Portal.Features.Candidates;

/// <summary>What a candidates board shows, as it stands in the address. Pure.</summary>
/// <param name="Models">Further models for the same purpose.</param>
/// <param name="Data">The data set; null for the one that most candidates have evidence on.</param>
/// <param name="On">The metrics that candidates are placed by; empty for the usual ones.</param>
/// <param name="X">The metric of the plot's horizontal axis; null for the second.</param>
/// <param name="Y">The metric of its vertical axis; null for the first.</param>
/// <param name="Budget">What a candidate may need.</param>
internal sealed record BoardQuery(
    IReadOnlyList<string> Models, string? Data, IReadOnlyList<string> On, string? X, string? Y, CandidateBudget Budget)
{
    /// <summary>The value of <c>purpose</c> in an address that asks for all models with the same purpose.</summary>
    public const string Same = "same";

    /// <summary>Also the models that were registered with the very same purpose.</summary>
    public bool SamePurpose { get; init; }

    /// <summary>Reads the parts of an address; what is no number limits nothing.</summary>
    public static BoardQuery Of(string? models, string? data, string[]? on, string? x, string? y, string? p95, string? size, string? purpose) => new(
        [.. (models ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)],
        string.IsNullOrEmpty(data) ? null : data,
        [.. (on ?? []).SelectMany(part => part.Split(',')).Where(key => BoardMetric.Find(key) is not null).Distinct(StringComparer.Ordinal)],
        BoardMetric.Find(x ?? "")?.Key, BoardMetric.Find(y ?? "")?.Key,
        new CandidateBudget(Number(p95), Number(size)))
    {
        SamePurpose = purpose == Same,
    };

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number > 0 ? number : null;
}
