namespace Governance.Audit.Inference;

/// <summary>What the numbers of a model's output mean.</summary>
public enum OutputRole
{
    /// <summary>The chosen class.</summary>
    Label,

    /// <summary>Class probabilities: in [0, 1], a row sums to 1; or one column, that of the positive class.</summary>
    Probability,

    /// <summary>A score that orders rows and is no probability.</summary>
    Score,

    /// <summary>Log-odds or logits before the last sigmoid or softmax.</summary>
    Logits,

    /// <summary>A regression value in the unit of the target.</summary>
    Value,

    /// <summary>Anything else.</summary>
    Other,
}
