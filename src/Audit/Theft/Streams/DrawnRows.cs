using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>Any legal row, all values of a column alike likely: the thief who knows the schema.</summary>
public sealed class UniformRows(RowSpace space, int seed) : QueryStream(space)
{
    private SeededRandom random = new(seed, 21);

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        foreach (RowColumn column in Space.Columns)
        {
            column.Draw(row, ref random);
        }
    }
}

/// <summary>Each cell from the column's own distribution: the thief who knows the published profile of the data.</summary>
public sealed class MarginalRows(RowSpace space, int seed) : QueryStream(space)
{
    private SeededRandom random = new(seed, 22);

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        foreach (RowColumn column in Space.Columns)
        {
            column.Copy(Space.Row(random.NextBelow(Space.Count)), row);
        }
    }
}

/// <summary>Real rows in random order, each once a round: an honest person, or a thief who has data.</summary>
/// <param name="space">Whose rows are given.</param>
/// <param name="seed">Of the order.</param>
public sealed class OwnRows(RowSpace space, int seed) : QueryStream(space)
{
    private readonly int[] order = [.. Enumerable.Range(0, space.Count)];
    private SeededRandom random = new(seed, 23);
    private int at;

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        int place = at % order.Length;
        int other = place + random.NextBelow(order.Length - place);
        (order[place], order[other]) = (order[other], order[place]);
        Space.Row(order[place]).CopyTo(row);
        at++;
    }
}
