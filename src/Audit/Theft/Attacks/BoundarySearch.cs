namespace Governance.Audit.Theft.Attacks;

/// <summary>Looks for the point between two rows where the answer turns, over legal rows alone.</summary>
/// <remarks>
/// Numbers move together along a line; levels cannot, so they take one end's or the other's. Lowd and Meek, "Adversarial
/// learning", KDD 2005, for rows with cells that cannot be moved.
/// </remarks>
internal static class BoundarySearch
{
    // Single precision has 24 binary digits; halving more often moves nothing.
    private const int MostSteps = 24;

    /// <summary>Searches.</summary>
    /// <param name="space">The legal rows.</param>
    /// <param name="from">A row.</param>
    /// <param name="own">How it is answered.</param>
    /// <param name="to">A row that is answered otherwise.</param>
    /// <param name="labelOf">Asks for the answer to a row; null where nothing is answered any more.</param>
    /// <returns>Two legal rows, answered as <paramref name="from"/> and otherwise, next to each other in numbers alone; null where there are none.</returns>
    public static (float[] Inside, float[] Outside)? Between(QuerySpace space, float[] from, int own, float[] to, Func<float[], int?> labelOf)
    {
        float[] moved = Mixed(space, from, to, 1, from);
        if (labelOf(moved) is not int there)
        {
            return null;
        }

        if (there != own)
        {
            return Halve(space, from, moved, own, labelOf);
        }

        // The levels decide it: keep the numbers of the start, take the other's levels, and search from there.
        float[] changed = Mixed(space, from, to, 0, to);
        return labelOf(changed) is not int levels ? null
            : levels == own ? Halve(space, changed, to, own, labelOf)
            : null;
    }

    private static (float[] Inside, float[] Outside)? Halve(QuerySpace space, float[] inside, float[] outside, int own, Func<float[], int?> labelOf)
    {
        (float[] low, float[] high) = (inside, outside);
        for (int step = 0; step < MostSteps; step++)
        {
            float[] middle = Mixed(space, low, high, 0.5, low);
            if (middle.AsSpan().SequenceEqual(low) || middle.AsSpan().SequenceEqual(high))
            {
                break;
            }

            if (labelOf(middle) is not int label)
            {
                return null;
            }

            (low, high) = label == own ? (middle, high) : (low, middle);
        }

        return (low, high);
    }

    /// <summary>A row with the numbers between two rows and the levels of a third.</summary>
    /// <param name="space">The legal rows.</param>
    /// <param name="from">Numbers at share 0.</param>
    /// <param name="to">Numbers at share 1.</param>
    /// <param name="share">In [0, 1].</param>
    /// <param name="levels">Whose levels.</param>
    public static float[] Mixed(QuerySpace space, float[] from, float[] to, double share, float[] levels)
    {
        float[] row = [.. levels];
        foreach (QueryColumn column in space.Columns.Where(column => column.IsNumeric))
        {
            double between = from[column.Offset] + (share * ((double)to[column.Offset] - from[column.Offset]));
            row[column.Offset] = share switch { 0 => from[column.Offset], 1 => to[column.Offset], _ => column.Legal(between) };
        }

        return row;
    }
}
