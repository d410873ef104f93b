namespace Governance.Registry.Policies;

/// <summary>How p values of one family are adjusted for their number.</summary>
public sealed record CorrectionRule
{
    /// <summary>Which tests: a family of findings such as "fairness", or "exploration".</summary>
    public required string Family { get; init; }

    /// <summary>How.</summary>
    public required CorrectionMethod Method { get; init; }

    /// <summary>The level of error, in (0, 1).</summary>
    public required double Alpha { get; init; }

    /// <summary>The text that it comes from.</summary>
    public required string Citation { get; init; }
}

/// <summary>How p values are adjusted for their number.</summary>
public enum CorrectionMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Benjamini and Hochberg: the share of false discoveries.</summary>
    Bh,

    /// <summary>Holm: the chance of any false discovery.</summary>
    Holm,
}
