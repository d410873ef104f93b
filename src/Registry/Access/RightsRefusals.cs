namespace Governance.Registry.Access;

/// <summary>Refusals for want of a right, in words.</summary>
public static class RightsRefusals
{
    /// <summary>The refusal for a right that none of the person's roles gives on this model.</summary>
    public static Refusal For(Right right) => new("no-right", right switch
    {
        Right.SeeModel => "You may not see this model. Ask an administrator to grant it to you.",
        Right.Register => "Only developers of this model may register and submit. Ask its owner, or an administrator for the role.",
        Right.RunAudit => "Your role does not run audits on this model. Ask its developer or a reviewer.",
        Right.Predict => "Your role does not ask this model for predictions.",
        Right.ExplainRow => "Your role does not see explanations of single rows.",
        Right.SeeCoefficients => "Only the model's owner and its reviewers may see its coefficients.",
        Right.SeePersonalRows => "Your role does not see rows with personal data.",
        Right.Review => "Only a reviewer to whom this model is granted may review it.",
        Right.Approve => "Only a compliance approver to whom this model is granted may decide on it.",
        Right.Suspend => "Only an operator or a compliance approver of this model may suspend it.",
        Right.Operate => "Only an operator of this model may do this.",
        Right.DownloadArtifact => "A model file leaves only by two persons' decision, with a reason.",
        Right.SeeLedger => "Your role does not read the ledger.",
        Right.Administer => "Only an administrator may do this.",
        _ => throw new ArgumentOutOfRangeException(nameof(right), right, null),
    });
}
