using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>What one class's attributions of a report are measured in, in words.</summary>
/// <param name="Class">The class explained, or null where the output has no classes.</param>
/// <param name="Link">"identity" or "logit".</param>
/// <param name="Output">The model output explained.</param>
/// <param name="IsProbability">Whether all outputs shown lie in [0, 1].</param>
public sealed record AttributionUnit(string? Class, string Link, string Output, bool IsProbability = true)
{
    /// <summary>The unit of the attributions of the class at this position of the report's arrays.</summary>
    public static AttributionUnit Of(ExplanationReport report, int position)
    {
        string? name = report.Classes is { } classes && position < classes.Count
            ? classes[position]
            : report.ClassIndex?.ToString();
        bool probability = report.Rows.Select(row => row.Prediction[row.ClassIndex is null ? position : 0]).Append(report.BaseValue[position])
            .All(value => value is >= 0 and <= 1);
        // A single output that is no probability and has no named classes is a number: its place tells nobody anything.
        bool isNumber = report is { Classes: null, ClassIndex: 0, BaseValue.Count: 1, Link: "identity" } && !probability;
        return new AttributionUnit(isNumber ? null : name, report.Link, report.Output, probability);
    }

    /// <summary>Such as "probability of yes", "log-odds of yes", "logits of 3" or "output price".</summary>
    public string Words => (Link, Class) switch
    {
        ("logit", { } name) => $"log-odds of {name}",
        ("logit", null) => $"log-odds of {Output}",
        (_, { } name) when IsProbability => $"probability of {name}",
        (_, { } name) => $"{Output} of {name}",
        _ => $"output {Output}",
    };
}
