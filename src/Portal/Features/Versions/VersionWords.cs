using Governance.Portal.Components.Parts;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Versions;

/// <summary>Short words for a version's parts. Pure.</summary>
internal static class VersionWords
{
    /// <summary>Such as "retrained from".</summary>
    public static string Of(ParentKind kind) => kind switch
    {
        ParentKind.RetrainedFrom => "retrained from",
        ParentKind.QuantisedFrom => "quantised from",
        ParentKind.PrunedFrom => "pruned from",
        ParentKind.DistilledFrom => "distilled from",
        ParentKind.OptimisedFrom => "optimised from",
        ParentKind.EnsembleOf => "ensemble of",
        ParentKind.PostProcessedFrom => "post-processed from",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Such as "approved with conditions".</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Reviewed => "reviewed",
        Verdict.RequestChanges => "requested changes",
        Verdict.Approve => "approved",
        Verdict.ApproveWithConditions => "approved with conditions",
        Verdict.Reject => "rejected",
        Verdict.Inherit => "approved on the parent's sign-off",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    /// <summary>Which seal a version bears.</summary>
    public static SealState SealOf(Stage stage) => stage switch
    {
        Stage.Approved or Stage.ApprovedWithConditions => SealState.Signed,
        Stage.Suspended or Stage.Expired or Stage.Voided => SealState.Void,
        _ => SealState.Unsigned,
    };

    /// <summary>The sentence beside the seal.</summary>
    public static string Signature(VersionView view) => SealOf(view.Version.Stage) switch
    {
        SealState.Signed => $"Signed, {view.Approvals} of {view.ApprovalsNeeded} approval{Plural(view.ApprovalsNeeded)}",
        SealState.Void => $"Not in force: {StageSteps.Name(view.Version.Stage).ToLowerInvariant()}{(view.Moves is [.., ({ By: null } move, _)] ? $". {move.Cause}" : "")}",
        _ => $"Unsigned, {view.Approvals} of {view.ApprovalsNeeded} approval{Plural(view.ApprovalsNeeded)}",
    };

    /// <summary>"s" but for one.</summary>
    public static string Plural(int count) => count == 1 ? "" : "s";
}
