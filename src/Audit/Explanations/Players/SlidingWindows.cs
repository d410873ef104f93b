using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Players;

/// <summary>The windows that slide over a grid of parts, one part further each time.</summary>
internal static class SlidingWindows
{
    /// <summary>Lists the windows, each as the parts under it.</summary>
    /// <param name="parts">A grid of parts.</param>
    /// <param name="spec">How large a part is.</param>
    /// <param name="side">The side of a window in pixels or steps; a multiple of the parts' sides.</param>
    /// <exception cref="InputException">The parts form no grid, or the side is no multiple of theirs.</exception>
    public static IEnumerable<int[]> Over(TensorParts parts, PlayerSpec spec, int side)
    {
        if (parts.Columns == 0)
        {
            throw new InputException("A window slides over pixels, patches, steps or tokens; these players have no order to slide along.");
        }

        bool line = spec.Kind is PlayerKind.Steps or PlayerKind.Tokens;
        if (side < 1 || side % spec.Down != 0 || (!line && side % spec.Across != 0))
        {
            throw new InputException($"The side of the window is a multiple of the side of a player ({(line || spec.Down == spec.Across ? $"{spec.Down}" : $"{spec.Down} and {spec.Across}")}), not {side}: it slides by one player at a time.");
        }

        int rows = parts.Names.Count / parts.Columns;
        int high = Math.Min(rows, side / spec.Down);
        int wide = line ? 1 : Math.Min(parts.Columns, side / spec.Across);
        return
            from top in Enumerable.Range(0, rows - high + 1)
            from left in Enumerable.Range(0, parts.Columns - wide + 1)
            select (int[])[.. from y in Enumerable.Range(top, high) from x in Enumerable.Range(left, wide) select (y * parts.Columns) + x];
    }
}
