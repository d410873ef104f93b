namespace Governance.Audit.Answers.Policy;

/// <summary>What somebody asks a model for.</summary>
public enum QueryKind
{
    /// <summary>A prediction of a row.</summary>
    Predict,

    /// <summary>The attributions of a row's prediction.</summary>
    Explain,

    /// <summary>What a row would have to be for another answer.</summary>
    Counterfactual,

    /// <summary>A prediction of an edited known row, within a session of its own.</summary>
    WhatIf,
}
