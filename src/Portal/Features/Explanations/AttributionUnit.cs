using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>What one class's attributions of a report are measured in, in words.</summary>
/// <param name="Class">The class explained, or null where the output has no classes.</param>
/// <param name="Link">"identity" or "logit".</param>
/// <param name="Output">The model output explained.</param>
internal sealed record AttributionUnit(string? Class, string Link, string Output)
{
    /// <summary>The unit of the attributions of the class at this position of the report's arrays.</summary>
    public static AttributionUnit Of(ExplanationReport report, int position)
    {
        string? name = report.Classes is { } classes && position < classes.Count
            ? classes[position]
            : report.ClassIndex?.ToString();
        return new AttributionUnit(name, report.Link, report.Output);
    }

    /// <summary>Such as "probability of yes", "log-odds of yes" or "output price".</summary>
    public string Words => (Link, Class) switch
    {
        ("logit", { } name) => $"log-odds of {name}",
        ("logit", null) => $"log-odds of {Output}",
        (_, { } name) => $"probability of {name}",
        _ => $"output {Output}",
    };
}
