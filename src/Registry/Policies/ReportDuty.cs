namespace Governance.Registry.Policies;

/// <summary>A number that a policy wants reported without saying which value would do.</summary>
public sealed record ReportDuty
{
    /// <summary>A short name, unique in its policy, such as "impact-ratio-sex".</summary>
    public required string Id { get; init; }

    /// <summary>Family and metric, such as "fairness.impact_ratio".</summary>
    public required string Metric { get; init; }

    /// <summary>Of what, for people, such as "sex".</summary>
    public required string Of { get; init; }

    /// <summary>The rule or text that it comes from.</summary>
    public required string Citation { get; init; }
}
