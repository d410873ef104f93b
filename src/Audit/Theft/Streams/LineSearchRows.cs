using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>Bisects the line between two rows that are decided otherwise, then takes the next two: walks along the boundary.</summary>
/// <remarks>
/// Lowd and Meek, "Adversarial learning", KDD 2005. Numbers are interpolated and rounded to their grid; choices take over
/// one after another. Works with labels alone. Ends are asked until both classes were seen; these queries count.
/// </remarks>
/// <param name="ends">Where ends come from.</param>
/// <param name="seed">Of the order in which choices take over.</param>
public sealed class LineSearchRows(QueryStream ends, int seed) : QueryStream(ends.Space)
{
    private const int Halvings = 12;

    private readonly float[] negative = new float[ends.Space.Width];
    private readonly float[] positive = new float[ends.Space.Width];
    private readonly float[] asked = new float[ends.Space.Width];
    private readonly SeededRandom start = new(seed, 25);
    private bool hasNegative;
    private bool hasPositive;
    private double low;
    private double high;
    private int halvings;

    private bool Searching => hasNegative && hasPositive;

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        if (Searching)
        {
            Between((low + high) / 2, row);
        }
        else
        {
            ends.Draw(row);
        }

        row.CopyTo(asked);
    }

    /// <inheritdoc/>
    public override void Learn(double score)
    {
        bool isPositive = score >= 0.5;
        if (Searching)
        {
            double middle = (low + high) / 2;
            (low, high) = isPositive ? (low, middle) : (middle, high);
            if (++halvings >= Halvings)
            {
                hasNegative = hasPositive = false;
            }
        }
        else if (isPositive)
        {
            asked.CopyTo(positive, 0);
            hasPositive = true;
        }
        else
        {
            asked.CopyTo(negative, 0);
            hasNegative = true;
        }

        (low, high, halvings) = Searching && halvings > 0 ? (low, high, halvings) : (0, 1, 0);
    }

    private void Between(double share, Span<float> row)
    {
        SeededRandom order = start; // a choice takes over at the same place in every search
        foreach (RowColumn column in Space.Columns)
        {
            double turn = order.NextDouble();
            if (column.IsNumber)
            {
                int feature = column.Features[0];
                float value = column.Legal(negative[feature] + (share * ((double)positive[feature] - negative[feature])));
                row[feature] = float.IsNaN(value) ? negative[feature] : value;
            }
            else
            {
                column.Copy(share > turn ? positive : negative, row);
            }
        }
    }
}
