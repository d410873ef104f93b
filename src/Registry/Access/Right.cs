namespace Governance.Registry.Access;

/// <summary>What may be done. The rows of the table of rights.</summary>
public enum Right
{
    /// <summary>See a model, its versions, evidence and findings.</summary>
    SeeModel,

    /// <summary>Register, upload, submit.</summary>
    Register,

    /// <summary>Run audits inside the portal (aggregates).</summary>
    RunAudit,

    /// <summary>Predict: label or with score.</summary>
    Predict,

    /// <summary>Explain a row, what-if, counterfactual.</summary>
    ExplainRow,

    /// <summary>Coefficients; row explanations of linear and small models.</summary>
    SeeCoefficients,

    /// <summary>Rows with protected attributes or personal data.</summary>
    SeePersonalRows,

    /// <summary>Review, request changes, raise and close findings.</summary>
    Review,

    /// <summary>Approve, reject, waive with reason and expiry.</summary>
    Approve,

    /// <summary>Suspend what is approved; part of <see cref="Operate"/> that approvers have too.</summary>
    Suspend,

    /// <summary>Deploy, suspend, schedule, retention jobs.</summary>
    Operate,

    /// <summary>Download an artefact.</summary>
    DownloadArtifact,

    /// <summary>Ledger, proofs, evidence packs.</summary>
    SeeLedger,

    /// <summary>Users, roles, tokens, keys, policies.</summary>
    Administer,
}
