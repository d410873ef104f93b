namespace Governance.Registry.Versions;

/// <summary>Where a version stands on its way. Only the two approved ones may be deployed.</summary>
public enum Stage
{
    Draft,
    InReview,
    ChangesRequested,
    Approved,
    ApprovedWithConditions,
    Rejected,
    Suspended,
    Expired,
    Voided,
    Retired,
}

/// <summary>Questions about a stage.</summary>
public static class Stages
{
    /// <summary>Approved, with or without conditions: the stages that may be deployed.</summary>
    public static bool IsApproved(this Stage stage) => stage is Stage.Approved or Stage.ApprovedWithConditions;

    /// <summary>The stage in words, such as "approved with conditions".</summary>
    public static string InWords(this Stage stage) => stage switch
    {
        Stage.Draft => "a draft",
        Stage.InReview => "in review",
        Stage.ChangesRequested => "waiting for changes",
        Stage.Approved => "approved",
        Stage.ApprovedWithConditions => "approved with conditions",
        Stage.Rejected => "rejected",
        Stage.Suspended => "suspended",
        Stage.Expired => "expired",
        Stage.Voided => "voided",
        Stage.Retired => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
