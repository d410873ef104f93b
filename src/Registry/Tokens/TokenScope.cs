namespace Governance.Registry.Tokens;

/// <summary>What a token may be used for. It never gives a right that its account does not have.</summary>
public enum TokenScope
{
    /// <summary>See models, versions, evidence and findings.</summary>
    Read,

    /// <summary>Ask a model for predictions.</summary>
    Predict,

    /// <summary>Ask for explanations of rows and for counterfactuals.</summary>
    Explain,

    /// <summary>Request audits.</summary>
    Audit,

    /// <summary>Upload, and register versions and data sets.</summary>
    Register,

    /// <summary>Send rows and labels of deployments.</summary>
    Ingest,

    /// <summary>Deploy versions and end deployments.</summary>
    Deploy,

    /// <summary>Take the file of a version that two persons released to the token's person.</summary>
    Download,
}
