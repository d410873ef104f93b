using System.Globalization;
using Governance.Audit.Counterfactuals;

namespace Governance.Portal.Features.Cases;

/// <summary>Which other answer of the model is looked for where nobody says. Pure.</summary>
internal static class CaseTargets
{
    /// <summary>The answer as a counterfactual's target.</summary>
    /// <param name="one">The case.</param>
    /// <param name="typed">What was typed; blank for the favourable outcome, else the other of two classes; of values the other half.</param>
    /// <returns>Null where it has to be named.</returns>
    public static string? Of(CaseView one, string? typed)
    {
        if (!string.IsNullOrWhiteSpace(typed) && typed != CounterfactualTarget.Favourable)
        {
            return typed.Trim();
        }

        if (one.Scored.IsRegression)
        {
            double middle = one.Decisions.Middle ?? 0;
            return $"{(one.Score >= middle ? "<=" : ">=")}{middle.ToString("R", CultureInfo.InvariantCulture)}";
        }

        return one.Against == true ? one.Scored.Favourable
            : one.Scored.Classes is { Count: 2 } two ? two.First(name => name != one.Decision)
            : one.Against is null ? one.Scored.Favourable
            : null;
    }
}
