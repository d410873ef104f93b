namespace Governance.Audit.Training.Students;

/// <summary>What kind of small model a student is.</summary>
public enum StudentFamily
{
    /// <summary>A logistic model of the inputs; of numbers a linear one.</summary>
    Logistic,

    /// <summary>One shallow tree.</summary>
    Tree,

    /// <summary>Small boosted trees.</summary>
    Trees,

    /// <summary>A small network of one hidden layer.</summary>
    Network,
}

/// <summary>How a student is trained.</summary>
public sealed record StudentOptions
{
    /// <summary>Its kind.</summary>
    public required StudentFamily Family { get; init; }

    /// <summary>Leaves of one tree, boosted trees, or hidden units; 0 takes 8 leaves, 40 trees, 16 units.</summary>
    public int Size { get; init; }

    /// <summary>
    /// The temperature T, at least 1: teacher and student are compared with all log-odds divided by T, which brings out what the
    /// teacher gives to unlikely classes; the student then answers at 1. 1 copies the probabilities as they are.
    /// </summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The seed of everything drawn.</summary>
    public required int Seed { get; init; }
}
