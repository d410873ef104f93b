using System.Globalization;
using Governance.Audit.Findings;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Explanations;

/// <summary>A cost estimate in sentences. Pure.</summary>
internal static class EstimateWords
{
    /// <summary>Rows, method, model rows and time.</summary>
    public static string Of(ExplanationEstimate estimate)
    {
        if (estimate.Fault is not null)
        {
            return estimate.Fault;
        }

        string rows = estimate.Rows == 1 ? "One row" : $"{PlainNumbers.Count(estimate.Rows)} rows";
        string calls = estimate.ModelRows == 0
            ? "without a call to the model"
            : $"with about {PlainNumbers.Count(estimate.ModelRows)} rows through the model";
        return $"{rows} by the method {estimate.Method}, {calls}: {Time(estimate.Seconds)} on this server when nothing else runs."
            + (estimate.Reason is null ? "" : $" {estimate.Reason}");
    }

    /// <summary>Why methods cannot do this, a sentence each.</summary>
    public static IEnumerable<string> Refusals(ExplanationEstimate estimate) =>
        estimate.Methods.Where(method => !method.Support.Supported).Select(method => $"Not by {method.Name}: {method.Support.Reason}");

    private static string Time(double seconds) => seconds switch
    {
        < 1 => "under a second",
        < 90 => string.Create(CultureInfo.InvariantCulture, $"about {seconds:0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"about {seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {seconds / 3600:0.0} h"),
    };
}
