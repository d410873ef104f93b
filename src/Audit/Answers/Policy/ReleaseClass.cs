namespace Governance.Audit.Answers.Policy;

/// <summary>How little it takes to rebuild a model from explanations of its rows.</summary>
public enum ReleaseClass
{
    /// <summary>A weighted sum behind a known link: as many exact answers as weights, or one exact explanation, are the model.</summary>
    Linear,

    /// <summary>Not linear, but of at most <see cref="ReleaseClasses.SmallParameters"/> parameters or leaves: explanations give it away.</summary>
    Small,

    /// <summary>Everything larger.</summary>
    Other,
}

/// <summary>What decides a model's class, read from its graph.</summary>
/// <param name="Parameters">Weights of the graph, of every kind; at least 0.</param>
/// <param name="Linear">Whether the output is a weighted sum of single features behind a link.</param>
/// <param name="Leaves">Leaves of all trees where trees are all that is learned; null where they are not.</param>
public readonly record struct ModelFacts(long Parameters, bool Linear, long? Leaves);

/// <summary>The rule of release classes. Pure.</summary>
/// <remarks>Source: the measured disclosure of explanations by model class, security brief, sections 2 and 7.1.</remarks>
public static class ReleaseClasses
{
    /// <summary>The most parameters, or leaves, of a small model, inclusive.</summary>
    public const int SmallParameters = 1_000;

    /// <summary>The class of a model.</summary>
    public static ReleaseClass Of(ModelFacts facts) =>
        facts.Linear ? ReleaseClass.Linear
        : facts.Parameters <= SmallParameters || facts.Leaves <= SmallParameters ? ReleaseClass.Small
        : ReleaseClass.Other;
}
