using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Theft.Attacks;

/// <summary>A model behind its front door, as a thief sees it: rows in, answers out, until something refuses.</summary>
public interface IOracle
{
    /// <summary>What may be asked.</summary>
    QuerySpace Space { get; }

    /// <summary>The number of classes; 1 where the model gives a value.</summary>
    int Classes { get; }

    /// <summary>Why nothing is answered any more; null while the door is open.</summary>
    string? Closed { get; }

    /// <summary>Asks about rows, one after another.</summary>
    /// <param name="rows">Shape [rows][width of the space].</param>
    /// <param name="kind">What is asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answers to the first rows; fewer than rows where the door closed.</returns>
    IReadOnlyList<OracleAnswer> Ask(IReadOnlyList<float[]> rows, QueryKind kind, CancellationToken cancellationToken);
}

/// <summary>One answer, as far as the output policy shows it.</summary>
public sealed record OracleAnswer
{
    /// <summary>The predicted class, from 0; -1 where the model gives a value.</summary>
    public required int Label { get; init; }

    /// <summary>Shape [classes], or [1] for a value; NaN where a class is not shown; null where only the label is.</summary>
    public double[]? Scores { get; init; }

    /// <summary>Shape [columns]: attributions on the scale of log-odds or of the value, 0 for what is held back; null where none are shown.</summary>
    public double[]? Attribution { get; init; }

    /// <summary>Whether <see cref="Attribution"/> has a unit; else it is signs and levels.</summary>
    public bool InUnits { get; init; }

    /// <summary>A row that is decided otherwise, or that lies on the boundary; null where none is shown.</summary>
    public float[]? Counterfactual { get; init; }

    /// <summary>Whether <see cref="Counterfactual"/> lies on the boundary itself.</summary>
    public bool OnBoundary { get; init; }
}
