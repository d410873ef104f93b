namespace Governance.Registry.SignOffs;

/// <summary>Whether a sign-off is a review or a decision.</summary>
public enum SignOffKind
{
    Review,
    Decision,
}

/// <summary>What a person said about a version.</summary>
public enum Verdict
{
    /// <summary>A review without objection.</summary>
    Reviewed,

    /// <summary>Back to the developer; part of a review or of a decision.</summary>
    RequestChanges,

    Approve,

    ApproveWithConditions,

    Reject,

    /// <summary>Approve a variant on its parent's sign-off, by the equivalence battery.</summary>
    Inherit,
}

/// <summary>Questions about a verdict.</summary>
public static class Verdicts
{
    /// <summary>Whether the verdict may stand in a sign-off of this kind.</summary>
    public static bool Fits(this Verdict verdict, SignOffKind kind) => kind switch
    {
        SignOffKind.Review => verdict is Verdict.Reviewed or Verdict.RequestChanges,
        _ => verdict is not Verdict.Reviewed,
    };

    /// <summary>With or without conditions, or on the parent's sign-off.</summary>
    public static bool IsApproval(this Verdict verdict) => verdict is Verdict.Approve or Verdict.ApproveWithConditions or Verdict.Inherit;
}
