using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;

namespace Governance.Audit.Runs;

/// <summary>What is wrong with options in itself, before any data is looked at.</summary>
public static class CheckOptions
{
    /// <summary>The most rows explained in one audit.</summary>
    public const int MostRows = 100_000;

    /// <summary>The most background rows.</summary>
    public const int MostBackgroundRows = 10_000;

    /// <summary>The most coalitions a row.</summary>
    public const int MostSamples = 1_000_000;

    /// <summary>The first fault as a sentence; null where there is none.</summary>
    public static string? Fault(AuditOptions options)
    {
        ExplanationOptions asked = options.Explanation;
        return asked.Rows is < 0 or > MostRows || asked.RowNumbers is { Count: > MostRows } ? $"Explain 0 to {MostRows:N0} rows."
            : options.Kind == AuditKind.Explanation && asked.Rows == 0 ? "Explain at least one row."
            : options.Kind == AuditKind.Drift && (options.Measures?.Drift is null || options.Reference is null) ? "Name the data to compare with."
            : options.Kind == AuditKind.Equivalence && options.Parent is null ? "Name the version that the variant was made from."
            : options.BackgroundRows is < 1 or > MostBackgroundRows ? $"Take 1 to {MostBackgroundRows:N0} background rows."
            : asked.Samples is < 2 or > MostSamples ? $"Take 2 to {MostSamples:N0} samples a row."
            : !ExplanationMethods.Additive.Contains(asked.Method) ? $"The explanation method is one of {string.Join(", ", ExplanationMethods.Additive)}."
            : asked.Steps is { } steps && (steps < ExplanationMethods.LeastSteps || steps > ExplanationMethods.MostSteps || !ExplanationMethods.Paths.Contains(asked.Method))
                ? $"Steps are {ExplanationMethods.LeastSteps} to {ExplanationMethods.MostSteps:N0} and belong to {string.Join(", ", ExplanationMethods.Paths)}."
            : asked.Link is not ("identity" or "logit") ? "The link is identity or logit."
            : asked.UntilWidth is { } width && !(width > 0 && double.IsFinite(width)) ? "The width of intervals is a number above 0."
            : Fault(() => PlayerSpec.Parse(asked.Players)) ?? CohortFault(asked.Where) ?? CohortFault(asked.BackgroundWhere);
    }

    private static string? CohortFault(string? condition) => condition is null ? null : Fault(() => Cohort.Parse(condition));

    private static string? Fault(Func<object?> read)
    {
        try
        {
            read();
            return null;
        }
        catch (InputException fault)
        {
            return fault.Message;
        }
    }
}
