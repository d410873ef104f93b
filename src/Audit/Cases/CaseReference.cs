namespace Governance.Audit.Cases;

/// <summary>What a case is compared with.</summary>
/// <param name="Kind">Which reference rows.</param>
/// <param name="Column">The column whose value makes the own group; null for the others.</param>
public sealed record CaseReference(CaseReferenceKind Kind, string? Column = null)
{
    /// <summary>All reference rows of the evidence.</summary>
    public static CaseReference Population { get; } = new(CaseReferenceKind.Population);

    /// <summary>Those that the model decides in a person's favour.</summary>
    public static CaseReference Approved { get; } = new(CaseReferenceKind.Approved);

    private const string Own = "own:";

    /// <summary>As an address writes it: "population", "approved" or "own:COLUMN".</summary>
    public string Text => Kind switch
    {
        CaseReferenceKind.Approved => "approved",
        CaseReferenceKind.OwnGroup => Own + Column,
        _ => "population",
    };

    /// <summary>Reads an address; the population where it names nothing known.</summary>
    public static CaseReference Parse(string? text) =>
        text == Approved.Text ? Approved
        : text is not null && text.StartsWith(Own, StringComparison.Ordinal) && text.Length > Own.Length ? new CaseReference(CaseReferenceKind.OwnGroup, text[Own.Length..])
        : Population;
}

/// <summary>Which reference rows a case is compared with.</summary>
public enum CaseReferenceKind
{
    /// <summary>All reference rows of the evidence.</summary>
    Population,

    /// <summary>The reference rows with the case's own value of a column.</summary>
    OwnGroup,

    /// <summary>The reference rows that the model decides in a person's favour.</summary>
    Approved,
}
