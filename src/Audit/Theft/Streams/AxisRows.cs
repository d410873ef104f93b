using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>A real-looking row, then that row with one column changed at a time: finite differences.</summary>
/// <remarks>Numbers move by a tenth of their range, at least one grid step, up or down where there is room; choices take another.</remarks>
public sealed class AxisRows(RowSpace space, int seed) : QueryStream(space)
{
    private const double Step = 0.1;

    private readonly float[] centre = new float[space.Width];
    private readonly MarginalRows centres = new(space, seed);
    private SeededRandom random = new(seed, 26);
    private int at = -1;

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        if (at < 0)
        {
            centres.Draw(centre);
            centre.CopyTo(row);
        }
        else
        {
            centre.CopyTo(row);
            Move(Space.Columns[at], row);
        }

        at = at + 1 == Space.Columns.Count ? -1 : at + 1;
    }

    private void Move(RowColumn column, Span<float> row)
    {
        if (column.Choices is { Length: > 1 } choices)
        {
            do
            {
                column.Set(row, random.NextBelow(choices.Length));
            }
            while (Same(column, row));
        }
        else if (column.IsNumber)
        {
            int feature = column.Features[0];
            double step = Math.Max(column.Step, Step * ((double)column.Most - column.Least));
            row[feature] = column.Legal(row[feature] + step <= column.Most ? row[feature] + step : row[feature] - step);
        }
    }

    private bool Same(RowColumn column, ReadOnlySpan<float> row)
    {
        foreach (int feature in column.Features)
        {
            if (row[feature] != centre[feature])
            {
                return false;
            }
        }

        return true;
    }
}
