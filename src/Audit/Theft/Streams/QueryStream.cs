namespace Governance.Audit.Theft.Streams;

/// <summary>One who asks a model row after row and may learn from the answers: a thief's strategy, or an honest person.</summary>
/// <remarks>A stream knows no model: whoever drives it answers each row before asking for the next.</remarks>
public abstract class QueryStream
{
    /// <summary>Starts a stream of legal rows.</summary>
    /// <param name="space">What is legal.</param>
    protected QueryStream(RowSpace space) => Space = space;

    /// <summary>What is legal.</summary>
    public RowSpace Space { get; }

    /// <summary>Writes the next query.</summary>
    /// <param name="row">Shape [width], overwritten.</param>
    public abstract void Draw(Span<float> row);

    /// <summary>Takes the answer to the last query.</summary>
    /// <param name="score">The positive class's probability as it was released, in [0, 1]; 0 or 1 where only the label was.</param>
    public virtual void Learn(double score)
    {
    }
}
