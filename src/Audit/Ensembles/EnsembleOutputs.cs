namespace Governance.Audit.Ensembles;

/// <summary>The outputs of an ensemble's graph.</summary>
public static class EnsembleOutputs
{
    /// <summary>The class that is said, as text.</summary>
    public const string Label = "label";

    /// <summary>A probability for each class; of a majority the shares of votes.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The predicted number of a regression, in the unit of the target.</summary>
    public const string Value = "value";

    /// <summary>
    /// How far the members are apart: the standard deviation of their probabilities (of the positive class of two, else of
    /// each), of their votes, or of their predicted numbers, weighted as they are combined.
    /// </summary>
    public const string Disagreement = "disagreement";
}
