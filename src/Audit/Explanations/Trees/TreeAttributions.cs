namespace Governance.Audit.Explanations.Trees;

/// <summary>What came of Tree SHAP: values of players, or interactions of their pairs, for rows and outputs.</summary>
public sealed class TreeAttributions
{
    private readonly SumLayout layout;
    private readonly double[] sums;

    internal TreeAttributions(int rows, SumLayout layout, double[] baseValue)
    {
        this.layout = layout;
        Rows = rows;
        BaseValue = baseValue;
        sums = new double[(long)rows * layout.Outputs * layout.Width];
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Shape [outputs]: the value of the empty coalition.</summary>
    public IReadOnlyList<double> BaseValue { get; }

    /// <summary>The forest's output for a row, from the leaves that the row reaches. Not for interactions.</summary>
    public double Prediction(int row, int output) => sums[Place(row, output) + layout.Width - 1];

    /// <summary>Shape [players]: the values of a row. Not for interactions.</summary>
    public ReadOnlySpan<double> Values(int row, int output) => sums.AsSpan((int)Place(row, output), layout.Width - 1);

    /// <summary>The interaction of two different players. Only for interactions.</summary>
    public double Interaction(int row, int output, int player, int other) => sums[
        Place(row, output) + PairIndex.Of(Math.Min(player, other), Math.Max(player, other), layout.Players)];

    /// <summary>Adds the sums of a chunk of trees for some rows; chunks come in their order.</summary>
    internal void Take(int first, int count, double[] chunk)
    {
        int width = layout.Outputs * layout.Width;
        for (int row = 0; row < count; row++)
        {
            Span<double> to = sums.AsSpan((first + row) * width, width);
            ReadOnlySpan<double> from = chunk.AsSpan(row * layout.Stride, width);
            for (int i = 0; i < width; i++)
            {
                to[i] += from[i];
            }
        }
    }

    private long Place(int row, int output) => (((long)row * layout.Outputs) + output) * layout.Width;
}
