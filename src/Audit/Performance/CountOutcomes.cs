namespace Governance.Audit.Performance;

/// <summary>Counts true against predicted classes for all groups in one pass over the rows.</summary>
public static class CountOutcomes
{
    private const int Cells = 6;

    /// <summary>Counts. O(rows), no allocation in the loop.</summary>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known.</param>
    /// <param name="prediction">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="group">Shape [rows]: the group's index, -1 for none (the row is not counted); empty for one group.</param>
    /// <param name="outcomes">Shape [groups]: receives the counts.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Compute(
        ReadOnlySpan<sbyte> label, ReadOnlySpan<sbyte> prediction, ReadOnlySpan<double> weight, ReadOnlySpan<int> group,
        Span<Outcomes> outcomes)
    {
        if (prediction.Length != label.Length
            || (!weight.IsEmpty && weight.Length != label.Length) || (!group.IsEmpty && group.Length != label.Length))
        {
            throw new ArgumentException("Labels, predictions, weights and groups need equally many rows.", nameof(prediction));
        }

        OutcomeCell[] cells = new OutcomeCell[outcomes.Length * Cells];
        for (int row = 0; row < label.Length; row++)
        {
            int code = group.IsEmpty ? 0 : group[row];
            if (code >= 0)
            {
                int truth = label[row] < 0 ? 2 : label[row];
                ref OutcomeCell cell = ref cells[(code * Cells) + (truth * 2) + prediction[row]];
                cell = cell.With(weight.IsEmpty ? 1 : weight[row]);
            }
        }

        for (int code = 0; code < outcomes.Length; code++)
        {
            ReadOnlySpan<OutcomeCell> own = cells.AsSpan(code * Cells, Cells);
            outcomes[code] = new Outcomes(own[3], own[1], own[0], own[2], own[5], own[4]);
        }
    }
}
