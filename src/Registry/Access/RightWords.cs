namespace Governance.Registry.Access;

/// <summary>Rights and cells as people read them: the words of the table of rights.</summary>
public static class RightWords
{
    /// <summary>The row of the table.</summary>
    public static string Of(Right right) => right switch
    {
        Right.SeeModel => "see model, versions, evidence, findings",
        Right.Register => "register, upload, submit",
        Right.RunAudit => "run audits (aggregates)",
        Right.Predict => "predict",
        Right.ExplainRow => "explain a row, what-if, counterfactual",
        Right.SeeCoefficients => "coefficients and row explanations of small models",
        Right.SeePersonalRows => "rows with protected attributes or personal data",
        Right.Review => "review, request changes, findings",
        Right.Approve => "approve, reject, waive",
        Right.Suspend => "suspend",
        Right.Operate => "deploy, suspend, schedule, retention jobs",
        Right.DownloadArtifact => "download artefact",
        Right.SeeLedger => "ledger, proofs, evidence packs",
        Right.Administer => "users, roles, tokens, keys, policies",
        _ => throw new ArgumentOutOfRangeException(nameof(right), right, null),
    };

    /// <summary>What a cell says.</summary>
    public static string Of(Allowance cell) => cell switch
    {
        Allowance.Never => "never",
        Allowance.Granted or Allowance.OwnModels => "on granted models",
        Allowance.Budgeted => "on granted models, within budget and output policy",
        Allowance.BudgetedByGrant => "where the grant names explanations, within budget and output policy",
        Allowance.All => "on all models",
        Allowance.NameOnly => "the name only",
        Allowance.IfOwner => "as the model's owner",
        Allowance.Masked => "masked",
        Allowance.LoggedByGrant => "where the grant names personal rows; every look is logged",
        Allowance.NotOwn => "on granted models, not one's own version",
        Allowance.NotOwnNotReviewed => "on granted models, not one's own version nor one reviewed",
        Allowance.TwoPersons => "two persons, with a reason",
        Allowance.Propose => "may propose",
        Allowance.OwnTokens => "own tokens",
        Allowance.SecondForLoosening => "yes; loosening needs a second administrator",
        Allowance.BreakGlass => "break-glass",
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, null),
    };
}
