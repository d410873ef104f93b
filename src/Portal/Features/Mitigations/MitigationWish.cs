using Governance.Audit.Mitigation;

namespace Governance.Portal.Features.Mitigations;

/// <summary>What the page shall compute, as it stands in its address.</summary>
/// <param name="Attribute">The protected column, or two joined by a comma.</param>
/// <param name="Method">threshold, deterministic or reject-band.</param>
/// <param name="Constraint">What shall be alike.</param>
/// <param name="Objective">What shall be large.</param>
internal sealed record MitigationWish(string Attribute, string Method, string Constraint, string Objective)
{
    /// <summary>The choices of methods with their words. Weights change nothing that a page could show.</summary>
    public static IReadOnlyList<(string Key, string Words)> Methods { get; } =
    [
        ("threshold", "thresholds, chance decides near them"), ("deterministic", "one threshold a group"), ("reject-band", "a band around the threshold"),
    ];

    /// <summary>The choices of constraints with their words.</summary>
    public static IReadOnlyList<(string Key, string Words)> Constraints { get; } =
    [
        ("demographic-parity", "selection rates"), ("equal-opportunity", "true positive rates"), ("equalized-odds", "true and false positive rates"),
        ("fpr-parity", "false positive rates"), ("tnr-parity", "true negative rates"),
    ];

    /// <summary>The choices of objectives with their words.</summary>
    public static IReadOnlyList<(string Key, string Words)> Objectives { get; } =
        [("accuracy", "accuracy"), ("balanced", "balanced accuracy"), ("cost", "low cost, errors alike")];

    /// <summary>The wish, each part the first choice where the address says nothing known.</summary>
    /// <param name="attributes">The choices of attributes, at least one.</param>
    /// <param name="attribute">As asked, or null.</param>
    /// <param name="method">As asked, or null.</param>
    /// <param name="constraint">As asked, or null.</param>
    /// <param name="objective">As asked, or null.</param>
    public static MitigationWish Of(IReadOnlyList<string> attributes, string? attribute, string? method, string? constraint, string? objective) => new(
        attributes.Contains(attribute) ? attribute! : attributes[0], Known(Methods, method), Known(Constraints, constraint), Known(Objectives, objective));

    /// <summary>The protected columns of an audit, and their pairs.</summary>
    public static IReadOnlyList<string> Attributes(IReadOnlyList<string> columns) =>
        [.. columns, .. columns.SelectMany((first, i) => columns.Skip(i + 1).Select(second => $"{first},{second}"))];

    /// <summary>What it asks of the engine.</summary>
    /// <param name="seed">Draws the rows that are kept for judging.</param>
    /// <param name="smallest">Groups of fewer rows keep the common threshold.</param>
    /// <param name="level">The confidence level.</param>
    public MitigationOptions Options(int seed, int smallest, double level) => new()
    {
        Method = Method == "reject-band" ? MitigationMethod.RejectBand : MitigationMethod.Threshold,
        Randomised = Method == "threshold",
        Constraint = MitigationWords.ConstraintOf(Constraint)!.Value,
        Objective = MitigationWords.ObjectiveOf(Objective)!.Value,
        Seed = seed,
        MinGroup = smallest,
        Level = level,
    };

    private static string Known(IReadOnlyList<(string Key, string Words)> choices, string? asked) =>
        choices.Any(choice => choice.Key == asked) ? asked! : choices[0].Key;
}
